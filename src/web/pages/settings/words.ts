import { words } from "../../i18n/words.ts";

export const settingsWords = words({
  en: { title: "Settings" },
  fr: { title: "Réglages" },
});
