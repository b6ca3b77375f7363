import { words } from "../../i18n/words.ts";
import { english } from "./words.en.ts";
import { french } from "./words.fr.ts";

export const binWords = words({ en: english, fr: french });
