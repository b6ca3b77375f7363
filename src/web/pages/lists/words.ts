import { words } from "../../i18n/words.ts";

export const listWords = words({
  en: { title: "Lists" },
  fr: { title: "Listes" },
});
