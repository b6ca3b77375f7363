import { words } from "../../i18n/words.ts";

export const profileWords = words({
  en: { title: "Profile" },
  fr: { title: "Profil" },
});
