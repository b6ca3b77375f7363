import { words } from "../../i18n/words.ts";

export const templateWords = words({
  en: { title: "Templates" },
  fr: { title: "Modèles" },
});
