import { words } from "../../i18n/words.ts";

export const suppressionWords = words({
  en: { title: "Suppressions" },
  fr: { title: "Suppressions" },
});
