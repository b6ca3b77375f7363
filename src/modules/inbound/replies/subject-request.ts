import type { FoundRequest } from "./find-request.ts";
import { requestIn } from "./find-request.ts";
import { grammars } from "./languages/index.ts";
import { sentencesOf } from "./words.ts";

const prefixes = /^(?:\s*(?:re|aw|antw|sv|fw|fwd|wg|tr|rv|res|r|rif|i|tm)\s*(?:\[\d+\])?\s*:)+/i;

/**
 * A request made in the subject. Behind "Re:" stand our own words, so there
 * only a bare word counts; put before it, or in a new subject, a sentence does.
 */
export function subjectRequest(subject: string): FoundRequest | undefined {
  const trimmed = subject.slice(0, 300).trim();
  const own = trimmed.replace(prefixes, "").trim();
  const added = /^(.{1,60}?)[\s:,-]*\b(?:re|aw|antw|sv|fw|fwd|wg|rv|res|rif)\s*:/i.exec(
    trimmed,
  )?.[1];
  const isAnswer = own !== trimmed;
  for (const text of [own, added ?? ""]) {
    for (const sentence of sentencesOf(text)) {
      for (const grammar of grammars) {
        const one = requestIn(sentence, grammar, true);
        if (one === undefined || one === "none" || !one.certain) continue;
        const bare = one.rule.includes("bare");
        if (bare || (text === own && !isAnswer && sentence.words.split(" ").length < 12)) {
          return { ...one, rule: `${one.rule}, in the subject` };
        }
      }
    }
  }
  return undefined;
}
