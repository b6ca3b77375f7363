import { words } from "../../i18n/words.ts";

export const ledgerWords = words({
  en: {
    title: "Ledger",
    description:
      "Every act, in the order it happened. Nothing here can be changed or removed unseen.",
    at: "When",
    act: "What",
    actor: "Who",
    subject: "On",
    detail: "Detail",
    block: "Block",
    unsealed: "not sealed yet",
    contact: "Contact",
    filterByAct: "Act",
    filterHint: "e.g. stop.made",
    oneContact: "Only acts on one contact are shown.",
    showAll: "Show all",
    empty: "Nothing is recorded yet",
    emptyHint: "Every stop, lift, import and change of who may do what will appear here.",
    emptyFiltered: "No entry matches",
    emptyFilteredHint: "Check the act’s name or clear the filter.",
    verify: "Verify",
    verifying: "Recomputing the chain…",
    valid: "The ledger is whole",
    validDetail:
      "{{entries}} entries in {{blocks}} blocks were recomputed; each fits the one before.",
    broken: "The ledger was changed",
    brokenDetail:
      "Tell your administrator and keep a copy of the database and the journal before anything else.",
    blockProblem: "Block {{block}}: {{problem}}",
  },
  fr: {
    title: "Registre",
    description:
      "Chaque acte, dans l’ordre. Rien ici ne peut être changé ni retiré sans que cela se voie.",
    at: "Quand",
    act: "Quoi",
    actor: "Qui",
    subject: "Sur",
    detail: "Détail",
    block: "Bloc",
    unsealed: "pas encore scellé",
    contact: "Contact",
    filterByAct: "Acte",
    filterHint: "p. ex. stop.made",
    oneContact: "Seuls les actes sur un contact sont affichés.",
    showAll: "Tout afficher",
    empty: "Rien n’est encore inscrit",
    emptyHint: "Chaque arrêt, levée, import et changement de droits apparaîtra ici.",
    emptyFiltered: "Aucune entrée ne correspond",
    emptyFilteredHint: "Vérifiez le nom de l’acte ou effacez le filtre.",
    verify: "Vérifier",
    verifying: "Recalcul de la chaîne…",
    valid: "Le registre est intact",
    validDetail:
      "{{entries}} entrées en {{blocks}} blocs ont été recalculées ; chacune suit la précédente.",
    broken: "Le registre a été modifié",
    brokenDetail:
      "Prévenez votre administrateur et gardez avant tout une copie de la base et du journal.",
    blockProblem: "Bloc {{block}} : {{problem}}",
  },
});
