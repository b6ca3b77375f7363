import type { ReplyLanguage, ReplyMeaning } from "./meaning.ts";

/** A pattern over folded words, and what it means when it stands in a reply. */
export interface Rule<Meaning extends string = ReplyMeaning> {
  as: Meaning;
  /** A name to be shown and counted by. */
  rule: string;
  words: RegExp;
}

/** A request to stop; `doubtful` when the words alone do not settle it. */
export interface RequestRule extends Rule<"unsubscribe" | "stop"> {
  doubtful?: true;
  erase?: true;
  /** A condition in the sentence is a threat and leaves no doubt. */
  firm?: true;
  /** Tells of a request made before, as "I have unsubscribed already" does. */
  report?: true;
}

/**
 * How one language says things. Patterns match words as `wordsOf` writes them:
 * single spaces, "," for a pause, "." at the end.
 */
export interface Grammar {
  language: ReplyLanguage;
  /** Words that tell this language from the others. */
  common: ReadonlySet<string>;
  /** Words that may surround a request of one word. */
  courtesy: ReadonlySet<string>;
  /** What asks for a stop when it is a whole sentence. */
  bare: readonly RequestRule[];
  /** What asks for a stop only when it is the whole reply. */
  alone: RegExp;
  requests: readonly RequestRule[];
  /** Forms of politeness and threat that look like conditions; cut out before reading. */
  polite: RegExp;
  /** Right before a request: it is the opposite of one. */
  negated: RegExp;
  /** In the clause: the words of stopping speak of something else. */
  denied: RegExp;
  /** In the sentence: a request may be meant, a person decides. */
  doubted: RegExp;
  /** Anywhere in the reply: takes a request back. */
  takenBack: RegExp;
  /** A clause may be parted from its verb by a comma. */
  commasBind?: true;
  /** The first that matches a sentence decides; read in order. */
  meanings: readonly Rule[];
  /** What a sentence of a program, not a person, says. */
  automatic: RegExp;
}

/** Up to `n` words, none of which turns the sense round. */
export function upTo(n: number): string {
  return `(?:(?!(?:not|never|nicht|nie|niemals|niet|nooit|non|nao|no|pas|nunca|jamais) )[^ .,]+ ){0,${n}}`;
}

/** A pattern of whole words. */
export function phrase(source: string): RegExp {
  return new RegExp(` (?:${source})(?= )`, "u");
}

/** One pattern that matches where any of the rules does, so that most sentences need no other. */
export function anyRule(rules: readonly { words: RegExp }[]): RegExp {
  return new RegExp(rules.map(({ words }) => words.source).join("|"), "u");
}

/** The words of a space-separated list. */
export function wordSet(words: string): ReadonlySet<string> {
  return new Set(words.split(" "));
}
