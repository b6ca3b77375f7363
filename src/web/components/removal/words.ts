import { words } from "../../i18n/words.ts";
import { english } from "./words.en.ts";
import { french } from "./words.fr.ts";

export const removalWords = words({ en: english, fr: french });
