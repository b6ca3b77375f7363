/** Longest text that is read; the rest of a longer one is left out. */
export const longestText = 20_000;

const fullForms: readonly (readonly [RegExp, string])[] = [
  [/\b(?:can't|cant|cannot)\b/g, "can not"],
  [/\b(?:won't|wont)\b/g, "will not"],
  [/\b(?:dont|don't|do'nt)\b/g, "do not"],
  [/\b(doesn|didn|isn|wasn|aren|weren|haven|hasn|hadn|wouldn|shouldn|couldn)'?t\b/g, "$1 not"],
  [/\b(doesn|didn|isn|wasn|aren|weren|haven|hasn|hadn|wouldn|shouldn|couldn) not\b/g, "$1_not"],
  [/\b(do|did|is|was|are|were|have|has|had|would|should|could)(?:es)?n_not\b/g, "$1 not"],
  [/\b(\w+)'ll\b/g, "$1 will"],
  [/\b(\w+)'ve\b/g, "$1 have"],
  [/\b(\w+)'re\b/g, "$1 are"],
  [
    /\bi'm\b|\bim(?= (?:not|out|on|good|fine|all|done|interested|sick|tired|happy|free|available|so|no|retired|away)\b)/g,
    "i am",
  ],
  [/\b(i|you|we|he|she|they)'d\b/g, "$1 would"],
  [/\b(?:it's|thats|that's|there's|he's|she's)\b/g, "it is"],
  [/\b(?:pls|plz|plse|pleas)\b/g, "please"],
  [/\bur\b/g, "your"],
];

/**
 * One spelling for what people spell in many ways: lower case, no accents,
 * straight apostrophes, English contractions in full.
 */
export function fold(text: string): string {
  let folded = text
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .toLowerCase()
    .replace(/[\u200b-\u200f\u2060\ufeff\u00ad]/g, "")
    .replace(/ß/g, "ss")
    .replace(/œ/g, "oe")
    .replace(/æ/g, "ae")
    .replace(/[‘’‛`´ʼ]/g, "'")
    .replace(/[–—‑]/g, "-");
  if (folded.includes("'") || /nt\b|pl[sz]|\bur\b|\bim\b/.test(folded)) {
    for (const [short, full] of fullForms) folded = folded.replace(short, full);
  }
  return folded;
}

/** One sentence: as it was written, and as its words, each between single spaces, closed by " . ". */
export interface Sentence {
  written: string;
  words: string;
  asks: boolean;
}

/** Cuts a text into sentences. A line that a mail program wrapped is no end of a sentence. */
export function sentencesOf(text: string): Sentence[] {
  const joined = unwrapped(text.slice(0, longestText));
  const sentences: Sentence[] = [];
  for (const piece of joined.split(
    /(?<=[!?…]["')»”]{0,2})(?![!?…"')»”])|(?<=[^\d\s.][.]{1,3}["')»”]{0,2})\s+|\n+|;/,
  )) {
    const written = piece.trim();
    if (written === "") continue;
    const words = wordsOf(written);
    if (words !== " . ") sentences.push({ written, words, asks: /\?["')»”]{0,3}$/.test(written) });
  }
  return sentences;
}

/** Joins lines that a mail program broke: after a long one, and before a small letter. */
function unwrapped(text: string): string {
  const lines = text.replace(/\r\n?/g, "\n").split("\n");
  let joined = "";
  lines.forEach((line, at) => {
    const next = lines[at + 1];
    const ends =
      next === undefined || line === "" || next === "" || /[.!?:;]$/.test(line.slice(-1));
    const wrapped = !ends && ((line.length > 55 && !line.endsWith(",")) || /^\p{Ll}/u.test(next));
    joined += wrapped ? `${line} ` : `${line}\n`;
  });
  return joined;
}

/** The words of a text: folded, single spaces, "," for every pause, " . " at the end. */
export function wordsOf(text: string): string {
  const words = fold(text)
    .replace(/\b([a-z]{1,6})'(?=[a-z])/g, "$1' ")
    .replace(/[,:()[\]]+|\s-+\s|\.{2,}/g, " , ")
    .replace(
      /(?<![\p{L}\p{N}])['"]+|["]+|'+(?=\s|$)(?<![a-z]'\s?)|[!?¡¿…<>|#~=«»“”„]+|\.(?=\s|$)/gu,
      " ",
    )
    .split(/\s+/)
    .filter((word) => word !== "" && /[\p{L}\p{N},@*]/u.test(word))
    .map((word) => word.slice(0, 60))
    .join(" ")
    .replace(/^(?:, )+|(?: ,)+$/g, "")
    .replace(/(?: ,){2,}/g, " ,");
  return ` ${words === "" ? "" : `${words} `}. `;
}
