import type { ReplyLanguage } from "../replies/meaning.ts";

/**
 * The one text that confirms a stop, and the one that answers HELP. Each is
 * one message: at most 160 characters of the GSM 7-bit alphabet (3GPP TS
 * 23.038) when the sender's name has 30 or fewer of them. `sender` is who
 * writes, `contact` where a person answers.
 */
const confirmations: Readonly<Record<ReplyLanguage, string>> = {
  en: "{sender}: You are unsubscribed and will get no more messages from us. Reply START to resubscribe.",
  fr: "{sender} : vous êtes désinscrit et ne recevrez plus nos messages. Répondez START pour reprendre.",
  es: "{sender}: Ha sido dado de baja y no recibira mas mensajes. Responda START para volver.",
  de: "{sender}: Sie sind abgemeldet und erhalten keine Nachrichten mehr. Mit START melden Sie sich wieder an.",
  nl: "{sender}: U bent afgemeld en ontvangt geen berichten meer. Antwoord START om u weer aan te melden.",
  it: "{sender}: Iscrizione annullata, non riceverà altri messaggi. Risponda START per riattivarla.",
  pt: "{sender}: Foi removido e não vai receber mais mensagens. Responda START para voltar.",
};

const helps: Readonly<Record<ReplyLanguage, string>> = {
  en: "{sender}: For help write to {contact}. Reply STOP to get no more messages.",
  fr: "{sender} : pour de l'aide, écrivez à {contact}. Répondez STOP pour ne plus rien recevoir.",
  es: "{sender}: Para ayuda escriba a {contact}. Responda STOP para no recibir mas mensajes.",
  de: "{sender}: Hilfe unter {contact}. Mit STOP erhalten Sie keine Nachrichten mehr.",
  nl: "{sender}: Voor hulp: {contact}. Antwoord STOP om geen berichten meer te ontvangen.",
  it: "{sender}: Per assistenza scriva a {contact}. Risponda STOP per non ricevere altri messaggi.",
  pt: "{sender}: Para ajuda escreva para {contact}. Responda STOP para sair.",
};

/** The text that confirms a stop, sent once. */
export function stopConfirmation(language: ReplyLanguage, sender: string): string {
  return toGsm(confirmations[language]).replace("{sender}", () => sender);
}

/** The text that answers HELP. */
export function helpAnswer(language: ReplyLanguage, sender: string, contact: string): string {
  return toGsm(helps[language])
    .replace("{sender}", () => sender)
    .replace("{contact}", () => contact);
}

/** Letters that the GSM alphabet lacks make a message three times as dear; they lose their accent. */
function toGsm(text: string): string {
  return text.replace(/[^ -~àèéùìòÇØøÅåÆæßÉÄÖÑÜäöñü]/g, (letter) =>
    letter.normalize("NFD").charAt(0),
  );
}
