import type { Grammar } from "./grammar.ts";
import { grammars } from "./languages/index.ts";
import type { ReplyLanguage } from "./meaning.ts";

export interface Languages {
  /** The language that most words are of. */
  main: ReplyLanguage | "unknown";
  /** Those whose rules read the text, the likeliest first. */
  read: readonly Grammar[];
}

/** Below this many words a text may tell too little: then every language reads it. */
const tooShort = 12;

/** Which languages a text may be in; mixed texts and short ones are read in several. */
export function languagesOf(words: readonly string[], hint?: ReplyLanguage): Languages {
  const scored = grammars.map((grammar) => {
    let score = grammar.language === hint ? 0.5 : 0;
    for (const word of words) if (grammar.common.has(word)) score += 1;
    return { grammar, score };
  });
  scored.sort((one, other) => other.score - one.score);
  const best = scored[0]?.score ?? 0;
  const read = scored
    .filter(
      ({ score }) => (words.length < tooShort && best < 3) || (score > 0 && score >= best * 0.4),
    )
    .map(({ grammar }) => grammar);
  return {
    main: best >= 1 ? (scored[0]?.grammar.language ?? "unknown") : (hint ?? "unknown"),
    read: read.length > 0 ? read : grammars,
  };
}
