import type { Channel } from "../../../contacts/index.ts";
import type { Language } from "./language.ts";

/** What the pages say. `from` is the workspace's name, `topic` a topic's. */
export interface Words {
  channel: Readonly<Record<Channel, string>>;
  askTitle: string;
  ask: (channel: string, from: string) => string;
  stopAll: (channel: string) => string;
  stopTopic: (topic: string) => string;
  nothingYet: string;
  doneTitle: string;
  doneAll: (channel: string, from: string) => string;
  doneTopic: (topic: string, channel: string, from: string) => string;
  underWay: string;
  mistake: string;
  undo: string;
  undoneTitle: string;
  undone: string;
  notUndoneTitle: string;
  notUndone: string;
  badTitle: string;
  bad: string;
}

export const words: Readonly<Record<Language, Words>> = {
  en: {
    channel: {
      email: "emails",
      sms: "text messages",
      whatsapp: "WhatsApp messages",
      call: "calls",
    },
    askTitle: "Unsubscribe",
    ask: (channel, from) => `Do you want no more ${channel} from ${from}?`,
    stopAll: (channel) => `Stop all ${channel}`,
    stopTopic: (topic) => `Stop only “${topic}”`,
    nothingYet: "Nothing changes until you press. You need no account.",
    doneTitle: "You are unsubscribed",
    doneAll: (channel, from) => `You will get no more ${channel} from ${from}.`,
    doneTopic: (topic, channel, from) =>
      `You will get no more ${channel} about “${topic}” from ${from}.`,
    underWay: "Something that was being sent at this very moment may still arrive.",
    mistake: "Pressed by mistake? You can take it back for 30 minutes.",
    undo: "Undo",
    undoneTitle: "Taken back",
    undone:
      "This unsubscribe no longer holds. If you unsubscribed at another time as well, that still holds.",
    notUndoneTitle: "Not taken back",
    notUndone:
      "This can no longer be taken back here: 30 minutes are over or the form is not whole. Nothing was changed. To hear from the sender again, write to them.",
    badTitle: "This link does not work",
    bad: "The link is not whole, so nothing was changed. Open it again from the message, or copy all of it. If that does not help, answer the message and write that you want no more: the sender must stop.",
  },
  fr: {
    channel: { email: "e-mails", sms: "SMS", whatsapp: "messages WhatsApp", call: "appels" },
    askTitle: "Se désabonner",
    ask: (channel, from) => `Ne plus rien recevoir de ${from} (${channel})\u00a0?`,
    stopAll: (channel) => `Arrêter tous les ${channel}`,
    stopTopic: (topic) => `Arrêter seulement «\u00a0${topic}\u00a0»`,
    nothingYet: "Rien ne change tant que vous n’avez pas appuyé. Aucun compte n’est nécessaire.",
    doneTitle: "Vous êtes désabonné",
    doneAll: (channel, from) => `${from} ne vous enverra plus rien sur ce canal (${channel}).`,
    doneTopic: (topic, channel, from) =>
      `${from} ne vous enverra plus rien au sujet de «\u00a0${topic}\u00a0» (${channel}).`,
    underWay: "Un message en cours d’envoi à cet instant peut encore arriver.",
    mistake: "Une erreur\u00a0? Vous pouvez revenir en arrière pendant 30 minutes.",
    undo: "Annuler",
    undoneTitle: "C’est annulé",
    undone:
      "Ce désabonnement ne vaut plus. Si vous vous étiez aussi désabonné à un autre moment, celui-là reste valable.",
    notUndoneTitle: "Non annulé",
    notUndone:
      "Il n’est plus possible d’annuler ici\u00a0: les 30 minutes sont écoulées ou le formulaire est incomplet. Rien n’a changé. Pour recevoir à nouveau des messages, écrivez à l’expéditeur.",
    badTitle: "Ce lien ne fonctionne pas",
    bad: "Le lien est incomplet, rien n’a donc changé. Ouvrez-le à nouveau depuis le message ou copiez-le en entier. Si cela n’aide pas, répondez au message en écrivant que vous ne voulez plus rien recevoir\u00a0: l’expéditeur doit arrêter.",
  },
  es: {
    channel: { email: "correos", sms: "SMS", whatsapp: "mensajes de WhatsApp", call: "llamadas" },
    askTitle: "Cancelar la suscripción",
    ask: (channel, from) => `¿No quiere recibir más ${channel} de ${from}?`,
    stopAll: (channel) => `No recibir más ${channel}`,
    stopTopic: (topic) => `Dejar solo «${topic}»`,
    nothingYet: "Nada cambia hasta que pulse el botón. No necesita ninguna cuenta.",
    doneTitle: "Suscripción cancelada",
    doneAll: (channel, from) => `No recibirá más ${channel} de ${from}.`,
    doneTopic: (topic, channel, from) => `No recibirá más ${channel} de ${from} sobre «${topic}».`,
    underWay: "Lo que se estaba enviando en este mismo momento aún puede llegar.",
    mistake: "¿Fue un error? Puede deshacerlo durante 30 minutos.",
    undo: "Deshacer",
    undoneTitle: "Deshecho",
    undone:
      "Esta cancelación ya no vale. Si canceló también en otro momento, aquella sigue valiendo.",
    notUndoneTitle: "No se ha deshecho",
    notUndone:
      "Ya no se puede deshacer aquí: han pasado los 30 minutos o el formulario está incompleto. No se ha cambiado nada. Para volver a recibir mensajes, escriba al remitente.",
    badTitle: "Este enlace no funciona",
    bad: "El enlace está incompleto y no se ha cambiado nada. Ábralo otra vez desde el mensaje o cópielo entero. Si no sirve, responda al mensaje y escriba que no quiere recibir más: el remitente debe parar.",
  },
  de: {
    channel: { email: "E-Mails", sms: "SMS", whatsapp: "WhatsApp-Nachrichten", call: "Anrufe" },
    askTitle: "Abmelden",
    ask: (channel, from) => `Möchten Sie keine ${channel} mehr von ${from}?`,
    stopAll: (channel) => `Alle ${channel} beenden`,
    stopTopic: (topic) => `Nur „${topic}“ beenden`,
    nothingYet: "Es ändert sich nichts, bevor Sie drücken. Sie brauchen kein Konto.",
    doneTitle: "Sie sind abgemeldet",
    doneAll: (channel, from) => `Sie bekommen keine ${channel} mehr von ${from}.`,
    doneTopic: (topic, channel, from) =>
      `Sie bekommen keine ${channel} mehr zu „${topic}“ von ${from}.`,
    underWay: "Was in genau diesem Augenblick verschickt wurde, kann noch ankommen.",
    mistake: "Versehentlich gedrückt? Sie können es 30 Minuten lang zurücknehmen.",
    undo: "Rückgängig machen",
    undoneTitle: "Zurückgenommen",
    undone:
      "Diese Abmeldung gilt nicht mehr. Haben Sie sich auch ein anderes Mal abgemeldet, so gilt jene weiter.",
    notUndoneTitle: "Nicht zurückgenommen",
    notUndone:
      "Hier lässt es sich nicht mehr zurücknehmen: Die 30 Minuten sind vorbei oder das Formular ist nicht vollständig. Es wurde nichts geändert. Wenn Sie wieder Nachrichten möchten, schreiben Sie dem Absender.",
    badTitle: "Dieser Link funktioniert nicht",
    bad: "Der Link ist nicht vollständig, darum wurde nichts geändert. Öffnen Sie ihn noch einmal aus der Nachricht oder kopieren Sie ihn ganz. Hilft das nicht, antworten Sie auf die Nachricht und schreiben Sie, dass Sie nichts mehr möchten: Der Absender muss aufhören.",
  },
  nl: {
    channel: {
      email: "e-mails",
      sms: "sms-berichten",
      whatsapp: "WhatsApp-berichten",
      call: "telefoontjes",
    },
    askTitle: "Uitschrijven",
    ask: (channel, from) => `Wilt u geen ${channel} meer van ${from}?`,
    stopAll: (channel) => `Stop alle ${channel}`,
    stopTopic: (topic) => `Stop alleen ‘${topic}’`,
    nothingYet: "Er verandert niets tot u drukt. U hebt geen account nodig.",
    doneTitle: "U bent uitgeschreven",
    doneAll: (channel, from) => `U krijgt geen ${channel} meer van ${from}.`,
    doneTopic: (topic, channel, from) =>
      `U krijgt geen ${channel} meer over ‘${topic}’ van ${from}.`,
    underWay: "Wat op dit moment net verstuurd werd, kan nog aankomen.",
    mistake: "Per ongeluk gedrukt? U kunt het 30 minuten lang terugdraaien.",
    undo: "Ongedaan maken",
    undoneTitle: "Teruggedraaid",
    undone:
      "Deze uitschrijving geldt niet meer. Hebt u zich ook een andere keer uitgeschreven, dan blijft die gelden.",
    notUndoneTitle: "Niet teruggedraaid",
    notUndone:
      "Dit kan hier niet meer worden teruggedraaid: de 30 minuten zijn voorbij of het formulier is niet volledig. Er is niets veranderd. Wilt u weer berichten krijgen, schrijf dan naar de afzender.",
    badTitle: "Deze link werkt niet",
    bad: "De link is niet volledig, dus er is niets veranderd. Open hem opnieuw vanuit het bericht of kopieer hem helemaal. Helpt dat niet, beantwoord dan het bericht en schrijf dat u niets meer wilt: de afzender moet stoppen.",
  },
};
