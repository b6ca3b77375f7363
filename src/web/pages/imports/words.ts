import { words } from "../../i18n/words.ts";

export const importWords = words({
  en: { title: "Imports" },
  fr: { title: "Imports" },
});
