import type { Language } from "../consent/index.ts";
import type { FormField, FormKind } from "./form.ts";

type ByKind = Readonly<Record<FormKind, string>>;

/** What forms, their answers and their mails say. */
export interface FormWords {
  email: string;
  fields: Readonly<Record<FormField, string>>;
  leaveEmpty: string;
  send: ByKind;
  agree: (topic: string, from: string) => string;
  stopIntro: (from: string) => string;
  updateIntro: (from: string) => string;
  doneTitle: ByKind;
  /** Also said when the address is not known, or may get nothing. */
  done: ByKind;
  subscribed: string;
  badAddress: string;
  tooMany: string;
  goneTitle: string;
  gone: string;
  askTitle: ByKind;
  ask: (from: string) => ByKind;
  confirm: string;
  nothingYet: string;
  confirmedTitle: string;
  confirmed: ByKind;
  expiredTitle: string;
  expired: string;
  mailSubject: (from: string) => ByKind;
  mailText: (from: string, link: string) => ByKind;
}

export const formWords: Readonly<Record<Language, FormWords>> = {
  en: {
    email: "Email address",
    fields: { first_name: "First name", last_name: "Last name", company: "Company" },
    leaveEmpty: "Leave this empty",
    send: { subscribe: "Subscribe", update: "Change my details", stop: "Stop" },
    agree: (topic, from) =>
      `I want to get “${topic}” from ${from} by email. I can stop at any time.`,
    stopIntro: (from) => `Nothing more by email from ${from}.`,
    updateIntro: (from) => `Correct what ${from} knows of you.`,
    doneTitle: { subscribe: "One more step", update: "One more step", stop: "Stopped" },
    done: {
      subscribe:
        "If this address can be subscribed, a mail is on its way to it. Press the link in it to confirm; until then nothing changes.",
      update:
        "If this address is known here, a mail is on its way to it. Press the link in it to confirm; until then nothing changes.",
      stop: "This address gets no more mail from this sender. It holds from now on.",
    },
    subscribed: "Thank you. Your wish is noted.",
    badAddress: "This is no email address. Correct it and send again.",
    tooMany: "Too many tries. Wait some minutes and try again.",
    goneTitle: "This form is gone",
    gone: "The form is no longer in use, so nothing was changed.",
    askTitle: { subscribe: "Confirm", update: "Confirm", stop: "Confirm" },
    ask: (from) => ({
      subscribe: `Do you want to get this from ${from}?`,
      update: `Shall ${from} change your details as you wrote?`,
      stop: "",
    }),
    confirm: "Yes, I confirm",
    nothingYet: "Nothing changes until you press.",
    confirmedTitle: "Confirmed",
    confirmed: { subscribe: "You are subscribed.", update: "Your details are changed.", stop: "" },
    expiredTitle: "This link works no more",
    expired: "Its time is over, or it is not whole. Nothing was changed. Fill in the form again.",
    mailSubject: (from) => ({
      subscribe: `Please confirm: mail from ${from}`,
      update: `Please confirm the change of your details at ${from}`,
      stop: "",
    }),
    mailText: (from, link) => ({
      subscribe: `Somebody, we hope you, asked that this address gets mail from ${from}.\n\nTo confirm, open this page and press the button:\n${link}\n\nIf it was not you, do nothing: without the confirmation you get no further mail.\n`,
      update: `Somebody, we hope you, asked ${from} to change the details kept with this address.\n\nTo confirm, open this page and press the button:\n${link}\n\nIf it was not you, do nothing: without the confirmation nothing changes.\n`,
      stop: "",
    }),
  },
  fr: {
    email: "Adresse e-mail",
    fields: { first_name: "Prénom", last_name: "Nom", company: "Entreprise" },
    leaveEmpty: "Laissez ceci vide",
    send: { subscribe: "S’abonner", update: "Modifier mes données", stop: "Arrêter" },
    agree: (topic, from) =>
      `Je souhaite recevoir «\u00a0${topic}\u00a0» de ${from} par e-mail. Je peux arrêter à tout moment.`,
    stopIntro: (from) => `Ne plus rien recevoir de ${from} par e-mail.`,
    updateIntro: (from) => `Corrigez ce que ${from} sait de vous.`,
    doneTitle: { subscribe: "Encore une étape", update: "Encore une étape", stop: "Arrêté" },
    done: {
      subscribe:
        "Si cette adresse peut être abonnée, un e-mail lui est envoyé. Ouvrez le lien qu’il contient pour confirmer\u00a0; d’ici là, rien ne change.",
      update:
        "Si cette adresse est connue ici, un e-mail lui est envoyé. Ouvrez le lien qu’il contient pour confirmer\u00a0; d’ici là, rien ne change.",
      stop: "Cette adresse ne recevra plus d’e-mails de cet expéditeur. Cela vaut dès maintenant.",
    },
    subscribed: "Merci. Votre souhait est noté.",
    badAddress: "Ce n’est pas une adresse e-mail. Corrigez-la et envoyez à nouveau.",
    tooMany: "Trop d’essais. Attendez quelques minutes et réessayez.",
    goneTitle: "Ce formulaire n’existe plus",
    gone: "Le formulaire n’est plus utilisé, rien n’a donc changé.",
    askTitle: { subscribe: "Confirmer", update: "Confirmer", stop: "Confirmer" },
    ask: (from) => ({
      subscribe: `Souhaitez-vous recevoir ceci de ${from}\u00a0?`,
      update: `${from} doit-il modifier vos données comme vous l’avez écrit\u00a0?`,
      stop: "",
    }),
    confirm: "Oui, je confirme",
    nothingYet: "Rien ne change tant que vous n’avez pas appuyé.",
    confirmedTitle: "Confirmé",
    confirmed: { subscribe: "Vous êtes abonné.", update: "Vos données sont modifiées.", stop: "" },
    expiredTitle: "Ce lien ne fonctionne plus",
    expired:
      "Son délai est écoulé ou il est incomplet. Rien n’a changé. Remplissez à nouveau le formulaire.",
    mailSubject: (from) => ({
      subscribe: `Veuillez confirmer\u00a0: e-mails de ${from}`,
      update: `Veuillez confirmer la modification de vos données chez ${from}`,
      stop: "",
    }),
    mailText: (from, link) => ({
      subscribe: `Quelqu’un, vous espérons-le, a demandé que cette adresse reçoive des e-mails de ${from}.\n\nPour confirmer, ouvrez cette page et appuyez sur le bouton\u00a0:\n${link}\n\nSi ce n’était pas vous, ne faites rien\u00a0: sans confirmation vous ne recevrez plus rien.\n`,
      update: `Quelqu’un, vous espérons-le, a demandé à ${from} de modifier les données liées à cette adresse.\n\nPour confirmer, ouvrez cette page et appuyez sur le bouton\u00a0:\n${link}\n\nSi ce n’était pas vous, ne faites rien\u00a0: sans confirmation rien ne change.\n`,
      stop: "",
    }),
  },
  es: {
    email: "Dirección de correo",
    fields: { first_name: "Nombre", last_name: "Apellidos", company: "Empresa" },
    leaveEmpty: "Deje esto vacío",
    send: { subscribe: "Suscribirme", update: "Cambiar mis datos", stop: "Dejar de recibir" },
    agree: (topic, from) =>
      `Quiero recibir «${topic}» de ${from} por correo. Puedo dejarlo cuando quiera.`,
    stopIntro: (from) => `No recibir nada más de ${from} por correo.`,
    updateIntro: (from) => `Corrija lo que ${from} sabe de usted.`,
    doneTitle: { subscribe: "Falta un paso", update: "Falta un paso", stop: "Hecho" },
    done: {
      subscribe:
        "Si esta dirección se puede suscribir, le llega un correo. Abra el enlace para confirmar; hasta entonces nada cambia.",
      update:
        "Si esta dirección se conoce aquí, le llega un correo. Abra el enlace para confirmar; hasta entonces nada cambia.",
      stop: "Esta dirección no recibirá más correos de este remitente. Vale desde ahora.",
    },
    subscribed: "Gracias. Su deseo queda anotado.",
    badAddress: "Esto no es una dirección de correo. Corríjala y envíe otra vez.",
    tooMany: "Demasiados intentos. Espere unos minutos y pruebe otra vez.",
    goneTitle: "Este formulario ya no existe",
    gone: "El formulario ya no se usa y no se ha cambiado nada.",
    askTitle: { subscribe: "Confirmar", update: "Confirmar", stop: "Confirmar" },
    ask: (from) => ({
      subscribe: `¿Quiere recibir esto de ${from}?`,
      update: `¿Debe ${from} cambiar sus datos como escribió?`,
      stop: "",
    }),
    confirm: "Sí, confirmo",
    nothingYet: "Nada cambia hasta que pulse el botón.",
    confirmedTitle: "Confirmado",
    confirmed: { subscribe: "Está suscrito.", update: "Sus datos están cambiados.", stop: "" },
    expiredTitle: "Este enlace ya no funciona",
    expired:
      "Su plazo ha terminado o está incompleto. No se ha cambiado nada. Rellene el formulario otra vez.",
    mailSubject: (from) => ({
      subscribe: `Confirme, por favor: correos de ${from}`,
      update: `Confirme, por favor, el cambio de sus datos en ${from}`,
      stop: "",
    }),
    mailText: (from, link) => ({
      subscribe: `Alguien, esperamos que usted, pidió que esta dirección reciba correos de ${from}.\n\nPara confirmar, abra esta página y pulse el botón:\n${link}\n\nSi no fue usted, no haga nada: sin confirmación no recibirá nada más.\n`,
      update: `Alguien, esperamos que usted, pidió a ${from} cambiar los datos de esta dirección.\n\nPara confirmar, abra esta página y pulse el botón:\n${link}\n\nSi no fue usted, no haga nada: sin confirmación nada cambia.\n`,
      stop: "",
    }),
  },
  de: {
    email: "E-Mail-Adresse",
    fields: { first_name: "Vorname", last_name: "Nachname", company: "Firma" },
    leaveEmpty: "Lassen Sie dies leer",
    send: { subscribe: "Anmelden", update: "Meine Angaben ändern", stop: "Beenden" },
    agree: (topic, from) =>
      `Ich möchte „${topic}“ von ${from} per E-Mail bekommen. Ich kann es jederzeit beenden.`,
    stopIntro: (from) => `Nichts mehr per E-Mail von ${from}.`,
    updateIntro: (from) => `Berichtigen Sie, was ${from} von Ihnen weiß.`,
    doneTitle: { subscribe: "Noch ein Schritt", update: "Noch ein Schritt", stop: "Beendet" },
    done: {
      subscribe:
        "Wenn diese Adresse angemeldet werden kann, ist eine Mail an sie unterwegs. Öffnen Sie den Link darin, um zu bestätigen; bis dahin ändert sich nichts.",
      update:
        "Wenn diese Adresse hier bekannt ist, ist eine Mail an sie unterwegs. Öffnen Sie den Link darin, um zu bestätigen; bis dahin ändert sich nichts.",
      stop: "Diese Adresse bekommt keine Mails mehr von diesem Absender. Das gilt ab sofort.",
    },
    subscribed: "Danke. Ihr Wunsch ist vermerkt.",
    badAddress: "Das ist keine E-Mail-Adresse. Berichtigen Sie sie und senden Sie noch einmal.",
    tooMany: "Zu viele Versuche. Warten Sie einige Minuten und versuchen Sie es noch einmal.",
    goneTitle: "Dieses Formular gibt es nicht mehr",
    gone: "Das Formular wird nicht mehr benutzt, darum wurde nichts geändert.",
    askTitle: { subscribe: "Bestätigen", update: "Bestätigen", stop: "Bestätigen" },
    ask: (from) => ({
      subscribe: `Möchten Sie dies von ${from} bekommen?`,
      update: `Soll ${from} Ihre Angaben ändern, wie Sie geschrieben haben?`,
      stop: "",
    }),
    confirm: "Ja, ich bestätige",
    nothingYet: "Es ändert sich nichts, bevor Sie drücken.",
    confirmedTitle: "Bestätigt",
    confirmed: {
      subscribe: "Sie sind angemeldet.",
      update: "Ihre Angaben sind geändert.",
      stop: "",
    },
    expiredTitle: "Dieser Link gilt nicht mehr",
    expired:
      "Seine Zeit ist vorbei, oder er ist nicht vollständig. Es wurde nichts geändert. Füllen Sie das Formular noch einmal aus.",
    mailSubject: (from) => ({
      subscribe: `Bitte bestätigen: Mails von ${from}`,
      update: `Bitte bestätigen: Änderung Ihrer Angaben bei ${from}`,
      stop: "",
    }),
    mailText: (from, link) => ({
      subscribe: `Jemand, hoffentlich Sie, möchte, dass diese Adresse Mails von ${from} bekommt.\n\nZum Bestätigen öffnen Sie diese Seite und drücken den Knopf:\n${link}\n\nWaren Sie es nicht, so tun Sie nichts: Ohne Bestätigung bekommen Sie nichts weiter.\n`,
      update: `Jemand, hoffentlich Sie, möchte, dass ${from} die Angaben zu dieser Adresse ändert.\n\nZum Bestätigen öffnen Sie diese Seite und drücken den Knopf:\n${link}\n\nWaren Sie es nicht, so tun Sie nichts: Ohne Bestätigung ändert sich nichts.\n`,
      stop: "",
    }),
  },
  nl: {
    email: "E-mailadres",
    fields: { first_name: "Voornaam", last_name: "Achternaam", company: "Bedrijf" },
    leaveEmpty: "Laat dit leeg",
    send: { subscribe: "Inschrijven", update: "Mijn gegevens wijzigen", stop: "Stoppen" },
    agree: (topic, from) =>
      `Ik wil ‘${topic}’ van ${from} per e-mail ontvangen. Ik kan altijd stoppen.`,
    stopIntro: (from) => `Niets meer per e-mail van ${from}.`,
    updateIntro: (from) => `Verbeter wat ${from} van u weet.`,
    doneTitle: { subscribe: "Nog één stap", update: "Nog één stap", stop: "Gestopt" },
    done: {
      subscribe:
        "Als dit adres ingeschreven kan worden, is er een mail naar onderweg. Open de link daarin om te bevestigen; tot dan verandert er niets.",
      update:
        "Als dit adres hier bekend is, is er een mail naar onderweg. Open de link daarin om te bevestigen; tot dan verandert er niets.",
      stop: "Dit adres krijgt geen mail meer van deze afzender. Dat geldt vanaf nu.",
    },
    subscribed: "Dank u. Uw wens is genoteerd.",
    badAddress: "Dit is geen e-mailadres. Verbeter het en verstuur opnieuw.",
    tooMany: "Te veel pogingen. Wacht enkele minuten en probeer het opnieuw.",
    goneTitle: "Dit formulier bestaat niet meer",
    gone: "Het formulier wordt niet meer gebruikt, dus er is niets veranderd.",
    askTitle: { subscribe: "Bevestigen", update: "Bevestigen", stop: "Bevestigen" },
    ask: (from) => ({
      subscribe: `Wilt u dit van ${from} ontvangen?`,
      update: `Moet ${from} uw gegevens wijzigen zoals u schreef?`,
      stop: "",
    }),
    confirm: "Ja, ik bevestig",
    nothingYet: "Er verandert niets tot u drukt.",
    confirmedTitle: "Bevestigd",
    confirmed: {
      subscribe: "U bent ingeschreven.",
      update: "Uw gegevens zijn gewijzigd.",
      stop: "",
    },
    expiredTitle: "Deze link werkt niet meer",
    expired:
      "De tijd is voorbij of de link is niet volledig. Er is niets veranderd. Vul het formulier opnieuw in.",
    mailSubject: (from) => ({
      subscribe: `Bevestig alstublieft: mail van ${from}`,
      update: `Bevestig alstublieft de wijziging van uw gegevens bij ${from}`,
      stop: "",
    }),
    mailText: (from, link) => ({
      subscribe: `Iemand, hopelijk u, vroeg of dit adres mail van ${from} mag krijgen.\n\nOm te bevestigen opent u deze pagina en drukt u op de knop:\n${link}\n\nWas u het niet, doe dan niets: zonder bevestiging krijgt u niets meer.\n`,
      update: `Iemand, hopelijk u, vroeg ${from} om de gegevens bij dit adres te wijzigen.\n\nOm te bevestigen opent u deze pagina en drukt u op de knop:\n${link}\n\nWas u het niet, doe dan niets: zonder bevestiging verandert er niets.\n`,
      stop: "",
    }),
  },
};
