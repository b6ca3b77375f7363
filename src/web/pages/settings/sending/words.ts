import { words } from "../../../i18n/words.ts";

export const providerWords = words({
  en: {
    provider: "Provider",
    anyOther: "Any other, by HTTP",
    channel: "Channel",
    fromNumber: "Sender",
    fromNumberHints: {
      sms: "A number such as +32470123456, or a name of up to 11 letters and digits",
      whatsapp: "The number, such as +32470123456",
    },
    helpAddress: "Address for questions",
    helpAddressHint: "The answer to HELP names it.",
    limits: "Limits",
    perSecond: "Per second",
    perDay: "Per day",
    sealed: "It is stored sealed and never shown.",
    kept: "Empty keeps the stored one.",
    usernames: {
      smtp: "User name",
      ses: "Access key id",
      twilio: "Account SID",
    },
    passwords: {
      smtp: "Password",
      ses: "Secret access key",
      sendgrid: "API key",
      mailgun: "Sending API key",
      postmark: "Server token",
      twilio: "Auth token",
      http: "Bearer token",
    },
    hookSecrets: {
      mailgun: "HTTP webhook signing key",
      postmark: "Webhook password, made up by you",
      http: "Secret that webhooks are signed with",
    },
    hookSecretHint: "Without it no webhook is believed. It is stored sealed.",
    eventsBy: "Relay behind the server",
    eventsByHint: "Its webhooks tell what became of messages.",
    eventsByNobody: "None, or another one",
    baseUrl: "Address of the API",
    baseUrls: {
      sendgrid: "Empty is SendGrid's own.",
      mailgun: "Empty is the USA; in the EU write https://api.eu.mailgun.net",
      http: "Messages are posted to it.",
    },
    settings: {
      region: "Region",
      domain: "Sending domain",
      message_stream: "Message stream",
      topic_arn: "ARN of the SNS topic",
      verification_key: "Verification key of the event webhook",
    },
    settingHints: {
      region: "Of AWS",
      domain: "As it stands at Mailgun",
      message_stream: "Empty is outbound.",
      topic_arn: "Only its events are believed.",
      verification_key: "Without it no event is believed.",
    },
    webhook: "Webhook",
    webhookSteps: {
      ses: "At Amazon: give the configuration set an event destination to a standard SNS topic. Enter the topic's ARN here first, then subscribe this address to it by HTTPS, raw message delivery off. Heed confirms it by itself.",
      sendgrid:
        "At SendGrid: Settings, Mail Settings, Event Webhook. Enter this address, choose the events, turn Signed Event Webhook on, and copy its verification key here.",
      mailgun: "At Mailgun: Sending, Webhooks of the domain. Enter this address for every event.",
      postmark:
        "At Postmark: Webhooks of the message stream. Enter this address with your webhook password in the place of PASSWORD. Leave open and link tracking off.",
      twilio:
        "At Twilio: the number, Messaging, “A message comes in”: Webhook, this address, HTTP POST. Heed asks for status callbacks itself.",
      http: "Your program posts events and incoming texts to this address, signed with the secret. The docs (Providers) show their form.",
    },
    proofMissing:
      "Nothing that arrives there is believed yet. Edit the account and enter: {{what}}.",
  },
  fr: {
    provider: "Prestataire",
    anyOther: "Tout autre, par HTTP",
    channel: "Canal",
    fromNumber: "Expéditeur",
    fromNumberHints: {
      sms: "Un numéro comme +32470123456, ou un nom de 11 lettres et chiffres au plus",
      whatsapp: "Le numéro, comme +32470123456",
    },
    helpAddress: "Adresse pour les questions",
    helpAddressHint: "La réponse à HELP la cite.",
    limits: "Limites",
    perSecond: "Par seconde",
    perDay: "Par jour",
    sealed: "Gardé scellé et jamais affiché.",
    kept: "Vide : celui qui est gardé reste.",
    usernames: {
      smtp: "Nom d’utilisateur",
      ses: "Identifiant de clé d’accès",
      twilio: "SID du compte",
    },
    passwords: {
      smtp: "Mot de passe",
      ses: "Clé d’accès secrète",
      sendgrid: "Clé d’API",
      mailgun: "Clé d’API d’envoi",
      postmark: "Jeton du serveur",
      twilio: "Jeton d’authentification",
      http: "Jeton (bearer)",
    },
    hookSecrets: {
      mailgun: "Clé de signature des webhooks HTTP",
      postmark: "Mot de passe du webhook, inventé par vous",
      http: "Secret qui signe les webhooks",
    },
    hookSecretHint: "Sans lui, aucun webhook n’est cru. Il est gardé scellé.",
    eventsBy: "Relais derrière le serveur",
    eventsByHint: "Ses webhooks disent ce que les messages sont devenus.",
    eventsByNobody: "Aucun, ou un autre",
    baseUrl: "Adresse de l’API",
    baseUrls: {
      sendgrid: "Vide : celle de SendGrid.",
      mailgun: "Vide : les États-Unis ; dans l’UE, https://api.eu.mailgun.net",
      http: "Les messages y sont envoyés.",
    },
    settings: {
      region: "Région",
      domain: "Domaine d’envoi",
      message_stream: "Flux de messages",
      topic_arn: "ARN du sujet SNS",
      verification_key: "Clé de vérification du webhook",
    },
    settingHints: {
      region: "D’AWS",
      domain: "Tel qu’il figure chez Mailgun",
      message_stream: "Vide : outbound.",
      topic_arn: "Seuls ses événements sont crus.",
      verification_key: "Sans elle, aucun événement n’est cru.",
    },
    webhook: "Webhook",
    webhookSteps: {
      ses: "Chez Amazon : donnez au jeu de configuration une destination d’événements vers un sujet SNS standard. Saisissez d’abord l’ARN du sujet ici, puis abonnez-y cette adresse en HTTPS, sans remise brute. Heed confirme tout seul.",
      sendgrid:
        "Chez SendGrid : Settings, Mail Settings, Event Webhook. Saisissez cette adresse, choisissez les événements, activez Signed Event Webhook et copiez sa clé de vérification ici.",
      mailgun:
        "Chez Mailgun : Sending, Webhooks du domaine. Saisissez cette adresse pour chaque événement.",
      postmark:
        "Chez Postmark : Webhooks du flux. Saisissez cette adresse avec votre mot de passe de webhook à la place de PASSWORD. Laissez le suivi des ouvertures et des liens désactivé.",
      twilio:
        "Chez Twilio : le numéro, Messaging, « A message comes in » : Webhook, cette adresse, HTTP POST. Heed demande lui-même les rappels d’état.",
      http: "Votre programme envoie à cette adresse les événements et les textes reçus, signés avec le secret. La documentation (Providers) montre leur forme.",
    },
    proofMissing:
      "Rien de ce qui y arrive n’est encore cru. Modifiez le compte et saisissez : {{what}}.",
  },
});
