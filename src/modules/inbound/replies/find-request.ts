import { anyRule, type Grammar, type RequestRule } from "./grammar.ts";
import type { ReplyLanguage } from "./meaning.ts";
import type { Sentence } from "./words.ts";

/** A request to stop that a sentence makes. */
export interface FoundRequest {
  as: "unsubscribe" | "stop";
  certain: boolean;
  erase: boolean;
  /** Speaks of a request, or of an earlier one, more than making one. */
  reports: boolean;
  rule: string;
  because: string;
}

/** What a sentence says of stopping: a request, expressly none, or nothing. */
export type Verdict = FoundRequest | "none" | undefined;

/** Where one clause ends and another, which negations do not reach, begins. */
const clauseEnds: Readonly<Record<ReplyLanguage, RegExp>> = {
  en: / (?:,|but|however)(?= )/u,
  fr: / (?:,|mais)(?= )/u,
  es: / (?:,|pero)(?= )/u,
  de: / (?:,|aber|sondern)(?= )/u,
  nl: / ,(?= )/u,
  it: / (?:,|ma|pero)(?= )/u,
  pt: / (?:,|mas|porem)(?= )/u,
};
/** Takes the edge off a threat. */
const hedged = / (?:might|may|maybe|perhaps)(?= )/u;
const strong = / (?:spam\S*|bother\S*|harass\S*|annoy\S*|crap|bombard\S*)(?= )/u;

/** The strongest request of a sentence in one language: a certain one before a doubtful one. */
export function requestIn(sentence: Sentence, grammar: Grammar, wholeReply: boolean): Verdict {
  const words = (
    grammar.commasBind ? sentence.words.replaceAll(" , ", " ") : sentence.words
  ).replace(grammar.polite, " ");
  const clauses = grammar.commasBind ? [words] : words.split(clauseEnds[grammar.language]);
  const parts = clauses.map((part) => (part.endsWith(" . ") ? part : `${part} . `));
  const bares = parts.map((clause) =>
    bareRequest(clause, grammar, wholeReply && parts.length === 1),
  );
  if (!bares.some(Boolean) && !parts.some((clause) => anyRequest(grammar).test(clause)))
    return undefined;
  const doubted = grammar.doubted.test(words);
  const found = (rule: RequestRule, certain: boolean): FoundRequest => ({
    as: rule.as,
    certain,
    erase: rule.erase === true,
    reports: rule.report === true || rule.doubtful === true,
    rule: `${grammar.language}: ${rule.rule}`,
    because: sentence.written.slice(0, 200),
  });
  let best: FoundRequest | undefined;
  let refused = false;
  for (const [at, clause] of parts.entries()) {
    const bare = bares[at];
    if (bare && !doubted) return found(bare, true);
    if (bare) best ??= found(bare, false);
    if (!anyRequest(grammar).test(clause)) continue;
    const denied = grammar.denied.test(clause);
    for (const rule of grammar.requests) {
      const match = rule.words.exec(clause);
      if (!match) continue;
      const before = clause.slice(0, match.index + 1);
      if (grammar.negated.test(before)) {
        refused = true;
        // "Never stop spamming me" is no request, and hardly meant kindly either.
        if (strong.test(clause)) best ??= found(rule, false);
        break;
      }
      if (denied) {
        refused = true;
        break;
      }
      if (rule.doubtful || (doubted && !(rule.firm && !hedged.test(words)))) {
        best ??= found(rule, false);
        continue;
      }
      if (best?.certain && !rule.erase) break;
      const request = found(rule, true);
      if (rule.erase) return request;
      best = request;
      break;
    }
  }
  return best ?? (refused ? "none" : undefined);
}

const anyRequests = new WeakMap<Grammar, RegExp>();

function anyRequest(grammar: Grammar): RegExp {
  const known = anyRequests.get(grammar);
  if (known) return known;
  const made = anyRule(grammar.requests);
  anyRequests.set(grammar, made);
  return made;
}

function bareRequest(
  clause: string,
  grammar: Grammar,
  wholeReply: boolean,
): RequestRule | undefined {
  const kept = clause
    .split(" ")
    .filter((word) => word !== "" && word !== "." && word !== "," && !grammar.courtesy.has(word));
  if (kept.length === 0 || kept.length > 6) return undefined;
  const core = ` ${kept.join(" ")} `;
  for (const rule of grammar.bare) {
    if (rule.words.exec(core)?.[0].length === core.length - 1) return rule;
  }
  if (wholeReply && grammar.alone.exec(core)?.[0].length === core.length - 1) {
    return { as: "unsubscribe", rule: "whole reply", words: grammar.alone };
  }
  return undefined;
}
