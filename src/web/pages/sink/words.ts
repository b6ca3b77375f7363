import { words } from "../../i18n/words.ts";

export const sinkWords = words({
  en: { title: "Outgoing mail" },
  fr: { title: "Courrier sortant" },
});
