import type { RememberedPhrase, ReplyMeaning } from "./meaning.ts";
import { wordsOf } from "./words.ts";

export interface FoundPhrase {
  phrase: string;
  meaning: ReplyMeaning;
  /** What was said besides the phrase. */
  rest: string;
}

/** The longest remembered phrase that stands in what was said, as whole words in any spelling. */
export function phraseIn(
  said: string,
  phrases: readonly RememberedPhrase[],
): FoundPhrase | undefined {
  if (phrases.length === 0) return undefined;
  const words = wordsOf(said);
  let best: FoundPhrase | undefined;
  for (const { phrase, meaning } of phrases) {
    const wanted = wordsOf(phrase).slice(0, -3);
    if (wanted.trim() === "" || (best && phrase.length <= best.phrase.length)) continue;
    const at = words.indexOf(`${wanted} `);
    if (at === -1) continue;
    best = { phrase, meaning, rest: `${words.slice(0, at)} .\n${words.slice(at + wanted.length)}` };
  }
  return best;
}
