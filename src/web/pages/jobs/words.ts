import { words } from "../../i18n/words.ts";

export const jobWords = words({
  en: { title: "Jobs" },
  fr: { title: "Tâches" },
});
