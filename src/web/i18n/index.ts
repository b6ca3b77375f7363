import i18next from "i18next";
import { initReactI18next } from "react-i18next";
import { removalWords } from "../components/removal/words.ts";
import { componentWords } from "../components/words.ts";
import { appointmentWords } from "../pages/appointments/words.ts";
import { binWords } from "../pages/bin/words.ts";
import { campaignWords } from "../pages/campaigns/words.ts";
import { contactWords } from "../pages/contacts/words.ts";
import { importWords } from "../pages/imports/words.ts";
import { inboxWords } from "../pages/inbox/words.ts";
import { jobWords } from "../pages/jobs/words.ts";
import { ledgerWords } from "../pages/ledger/words.ts";
import { linkedWords } from "../pages/linked/words.ts";
import { listWords } from "../pages/lists/words.ts";
import { opportunityWords } from "../pages/opportunities/words.ts";
import { consentWords } from "../pages/profile/consent-words.ts";
import { profileMenuWords } from "../pages/profile/menu-words.ts";
import { profileWords } from "../pages/profile/words.ts";
import { formWords } from "../pages/settings/forms/words.ts";
import { mailboxWords } from "../pages/settings/mailboxes/words.ts";
import { providerWords } from "../pages/settings/sending/words.ts";
import { settingsWords } from "../pages/settings/words.ts";
import { signInWords } from "../pages/sign-in/words.ts";
import { sinkWords } from "../pages/sink/words.ts";
import { suppressionWords } from "../pages/suppressions/words.ts";
import { taskWords } from "../pages/tasks/words.ts";
import { templateWords } from "../pages/templates/words.ts";
import { shellWords } from "../shell/words.ts";
import { withMany } from "./words.ts";

/** Every namespace: one for the shared components, one for the shell, one for each page folder. */
export const allWords = {
  common: componentWords,
  shell: shellWords,
  removal: removalWords,
  bin: binWords,
  appointments: appointmentWords,
  campaigns: campaignWords,
  consents: consentWords,
  contacts: contactWords,
  forms: formWords,
  imports: importWords,
  inbox: inboxWords,
  jobs: jobWords,
  ledger: ledgerWords,
  linked: linkedWords,
  lists: listWords,
  mailboxes: mailboxWords,
  opportunities: opportunityWords,
  profile: profileWords,
  profileMenu: profileMenuWords,
  providers: providerWords,
  settings: settingsWords,
  signIn: signInWords,
  sink: sinkWords,
  suppressions: suppressionWords,
  tasks: taskWords,
  templates: templateWords,
};

type Namespace = keyof typeof allWords;
export type EnglishWords = { [N in Namespace]: (typeof allWords)[N]["en"] };

export const languages = { en: "English", fr: "Français" } as const;
export type Language = keyof typeof languages;
const remembered = "heed-language";

function inLanguage(language: Language) {
  return Object.fromEntries(
    Object.entries(allWords).map(([namespace, both]) => [namespace, withMany(both[language])]),
  );
}

function firstLanguage(): Language {
  const wanted = localStorage.getItem(remembered) ?? navigator.language.slice(0, 2);
  return wanted === "fr" ? "fr" : "en";
}

/** Shows the UI in a language and remembers it in this browser. */
export async function speak(language: Language): Promise<void> {
  localStorage.setItem(remembered, language);
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
}

/**
 * The account's language, unless this browser has chosen its own. English is what an
 * account begins with, so it does not outweigh what the browser asks for.
 */
export async function speakAs(locale: string): Promise<void> {
  if (localStorage.getItem(remembered) !== null || locale.startsWith("en")) return;
  const language = locale.startsWith("fr") ? "fr" : "en";
  if (i18next.language === language) return;
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
}

export async function startI18n(): Promise<void> {
  const language = firstLanguage();
  document.documentElement.lang = language;
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: "en",
    defaultNS: "common",
    resources: { en: inLanguage("en"), fr: inLanguage("fr") },
    interpolation: { escapeValue: false },
    returnNull: false,
  });
}
