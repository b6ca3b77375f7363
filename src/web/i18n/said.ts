import { useCallback } from "react";
import { useTranslation } from "react-i18next";

/**
 * Sentences that the API says of stops, in French. The API speaks English; what is
 * not here (a person's own words, a newer sentence) is shown as it came.
 */
const french: Readonly<Record<string, string>> = {
  "a user with contacts.reactivate": "un utilisateur qui a contacts.reactivate",
  "Activate the contact, stating who authorised it":
    "Activer le contact, en disant qui l’a autorisé",
  "the person only": "la personne seulement",
  "The person opts in again on the preference page, by START or by a confirmed opt-in":
    "La personne se réinscrit sur la page des préférences, par START ou par une inscription confirmée",
  "the person, or a user with stops.lift who attaches evidence":
    "la personne, ou un utilisateur qui a stops.lift et joint une preuve",
  "The person opts in again, or an administrator lifts it with the evidence of their consent":
    "La personne se réinscrit, ou un administrateur le lève avec la preuve de son consentement",
  "a user with contacts.edit": "un utilisateur qui a contacts.edit",
  "Take it back where it was set, on the prospect or the profile":
    "Le retirer là où il a été mis, sur le prospect ou le profil",
  "nobody: it lifts itself": "personne : il se lève de lui-même",
  "It ends with the next successful delivery or a corrected address":
    "Il finit à la prochaine remise réussie ou avec une adresse corrigée",
  nobody: "personne",
  "A spam complaint is never lifted": "Une plainte pour spam n’est jamais levée",
  "a user with stops.lift": "un utilisateur qui a stops.lift",
  "Correct or verify the address, or lift it with a reason":
    "Corriger ou vérifier l’adresse, ou le lever avec une raison",
  "Lift it with a reason": "Le lever avec une raison",
  "a user with contacts.restore": "un utilisateur qui a contacts.restore",
  "Restore the contact from the bin": "Restaurer le contact depuis la corbeille",
  "Add an address": "Ajouter une adresse",
  "Correct the address": "Corriger l’adresse",
  "a user with lists.exclude": "un utilisateur qui a lists.exclude",
  "Take the exclusion back in the list": "Lever l’exclusion dans la liste",
  "see the stops": "voir les arrêts",
  "See the contact's stops": "Voir les arrêts du contact",
  "the contact was deleted": "le contact a été supprimé",
  "there is no address on this channel": "il n’y a pas d’adresse sur ce canal",
  "the address is invalid": "l’adresse est invalide",
  "excluded from the campaign's lists": "exclu des listes de la campagne",
  "a stop covers it": "un arrêt le couvre",
  "set by a user": "mis par un utilisateur",
  "set through the API": "mis par l’API",
  "suppressed by hand": "supprimé à la main",
  "came with an import": "venu avec un import",
  "on an imported list": "sur une liste importée",
  "pressed unsubscribe": "a cliqué sur se désinscrire",
  "unsubscribed in their mail program": "s’est désinscrit dans son programme de messagerie",
  "asked by form": "demandé par formulaire",
  "chosen on the preference page": "choisi sur la page des préférences",
  "suppressed for the whole organisation": "supprimé pour toute l’organisation",
  "the operator": "l’opérateur",
  "The operator lifts it in every workspace: heed unsuppress --everywhere":
    "L’opérateur le lève dans tous les espaces de travail : heed unsuppress --everywhere",
  "the person has not opted in to this topic": "la personne ne s’est pas inscrite à ce sujet",
  "the person, or a user who records their opt-in":
    "la personne, ou un utilisateur qui note son inscription",
  "The person opts in by form or preference page; a user may record an opt-in with its evidence":
    "La personne s’inscrit par formulaire ou sur la page des préférences ; un utilisateur peut noter une inscription avec sa preuve",
  "suppressed when the contact was deleted": "supprimé quand le contact a été supprimé",
  "the person asked to be forgotten": "la personne a demandé à être oubliée",
  "asked in a reply": "demandé dans une réponse",
  "mail came back: the address does not exist": "le courrier est revenu : l’adresse n’existe pas",
  "kept in the sink": "gardé dans le bac intégré",
  "reported as spam": "signalé comme indésirable",
  "several deliveries failed in a row": "plusieurs remises de suite ont échoué",
};

/** A sentence of the API in the UI's language, where it is known. */
export function useSaid(): (text: string) => string {
  const { i18n } = useTranslation();
  const { language } = i18n;
  return useCallback(
    (text: string) => (language === "fr" ? (french[text] ?? text) : text),
    [language],
  );
}
