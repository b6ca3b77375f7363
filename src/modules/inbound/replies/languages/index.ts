import type { Grammar } from "../grammar.ts";
import { dutch } from "./dutch.ts";
import { english } from "./english.ts";
import { french } from "./french.ts";
import { german } from "./german.ts";
import { italian } from "./italian.ts";
import { portuguese } from "./portuguese.ts";
import { spanish } from "./spanish.ts";

/** The languages that replies are read in. */
export const grammars: readonly Grammar[] = [
  english,
  french,
  spanish,
  german,
  dutch,
  italian,
  portuguese,
];
