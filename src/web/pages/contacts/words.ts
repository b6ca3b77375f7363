import { words } from "../../i18n/words.ts";

export const contactWords = words({
  en: { title: "Contacts" },
  fr: { title: "Contacts" },
});
