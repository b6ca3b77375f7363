import { words } from "../../i18n/words.ts";

export const campaignWords = words({
  en: { title: "Campaigns" },
  fr: { title: "Campagnes" },
});
