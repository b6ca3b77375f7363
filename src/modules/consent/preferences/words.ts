import type { Language } from "../unsubscribe/pages/language.ts";

/** What the preference page says. `from` is the workspace's name, `channel` as in the unsubscribe page's words. */
export interface PreferenceWords {
  title: string;
  intro: (channel: string, from: string) => string;
  saved: string;
  underWay: string;
  wanted: string;
  refused: string;
  notAsked: string;
  leave: (topic: string) => string;
  join: (topic: string) => string;
  agree: (topic: string, from: string) => string;
  noTopics: string;
  stopAll: (channel: string) => string;
  allStopped: (channel: string, from: string) => string;
  resume: (channel: string) => string;
}

export const preferenceWords: Readonly<Record<Language, PreferenceWords>> = {
  en: {
    title: "Your choices",
    intro: (channel, from) => `What ${channel} do you want from ${from}?`,
    saved: "Your choice is saved and holds at once.",
    underWay: "Something that was being sent at this very moment may still arrive.",
    wanted: "You get this.",
    refused: "You stopped this.",
    notAsked: "You have not asked for this.",
    leave: (topic) => `Stop “${topic}”`,
    join: (topic) => `Get “${topic}”`,
    agree: (topic, from) => `I want to get “${topic}” from ${from}.`,
    noTopics: "There are no topics to choose from.",
    stopAll: (channel) => `Stop all ${channel}`,
    allStopped: (channel, from) => `You stopped all ${channel} from ${from}.`,
    resume: (channel) => `Allow ${channel} again`,
  },
  fr: {
    title: "Vos choix",
    intro: (channel, from) => `Que souhaitez-vous recevoir de ${from} (${channel})\u00a0?`,
    saved: "Votre choix est enregistré et vaut tout de suite.",
    underWay: "Un message en cours d’envoi à cet instant peut encore arriver.",
    wanted: "Vous recevez ceci.",
    refused: "Vous avez arrêté ceci.",
    notAsked: "Vous n’avez pas demandé ceci.",
    leave: (topic) => `Arrêter «\u00a0${topic}\u00a0»`,
    join: (topic) => `Recevoir «\u00a0${topic}\u00a0»`,
    agree: (topic, from) => `Je souhaite recevoir «\u00a0${topic}\u00a0» de ${from}.`,
    noTopics: "Il n’y a aucun sujet à choisir.",
    stopAll: (channel) => `Arrêter tous les ${channel}`,
    allStopped: (channel, from) => `Vous avez tout arrêté de ${from} (${channel}).`,
    resume: (channel) => `Autoriser à nouveau les ${channel}`,
  },
  es: {
    title: "Sus preferencias",
    intro: (channel, from) => `¿Qué ${channel} desea recibir de ${from}?`,
    saved: "Su elección está guardada y vale desde ahora.",
    underWay: "Lo que se estaba enviando en este mismo momento aún puede llegar.",
    wanted: "Lo recibe.",
    refused: "Lo ha cancelado.",
    notAsked: "No lo ha pedido.",
    leave: (topic) => `Dejar «${topic}»`,
    join: (topic) => `Recibir «${topic}»`,
    agree: (topic, from) => `Quiero recibir «${topic}» de ${from}.`,
    noTopics: "No hay temas para elegir.",
    stopAll: (channel) => `No recibir más ${channel}`,
    allStopped: (channel, from) => `Ha cancelado todos los ${channel} de ${from}.`,
    resume: (channel) => `Permitir de nuevo ${channel}`,
  },
  de: {
    title: "Ihre Auswahl",
    intro: (channel, from) => `Welche ${channel} möchten Sie von ${from}?`,
    saved: "Ihre Auswahl ist gespeichert und gilt sofort.",
    underWay: "Was in genau diesem Augenblick verschickt wurde, kann noch ankommen.",
    wanted: "Das bekommen Sie.",
    refused: "Das haben Sie beendet.",
    notAsked: "Das haben Sie nicht angefordert.",
    leave: (topic) => `„${topic}“ beenden`,
    join: (topic) => `„${topic}“ bekommen`,
    agree: (topic, from) => `Ich möchte „${topic}“ von ${from} bekommen.`,
    noTopics: "Es gibt keine Themen zur Auswahl.",
    stopAll: (channel) => `Alle ${channel} beenden`,
    allStopped: (channel, from) => `Sie haben alle ${channel} von ${from} beendet.`,
    resume: (channel) => `${channel} wieder erlauben`,
  },
  nl: {
    title: "Uw keuzes",
    intro: (channel, from) => `Welke ${channel} wilt u van ${from}?`,
    saved: "Uw keuze is bewaard en geldt meteen.",
    underWay: "Wat op dit moment net verstuurd werd, kan nog aankomen.",
    wanted: "Dit krijgt u.",
    refused: "Dit hebt u gestopt.",
    notAsked: "Hier hebt u niet om gevraagd.",
    leave: (topic) => `Stop ‘${topic}’`,
    join: (topic) => `Ontvang ‘${topic}’`,
    agree: (topic, from) => `Ik wil ‘${topic}’ van ${from} ontvangen.`,
    noTopics: "Er zijn geen onderwerpen om uit te kiezen.",
    stopAll: (channel) => `Stop alle ${channel}`,
    allStopped: (channel, from) => `U hebt alle ${channel} van ${from} gestopt.`,
    resume: (channel) => `Sta ${channel} weer toe`,
  },
};
