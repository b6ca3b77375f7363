import { isAutomatic } from "./automatic.ts";
import { type Languages, languagesOf } from "./detect-language.ts";
import { type FoundRequest, requestIn, type Verdict } from "./find-request.ts";
import { textOfHtml } from "./html-text.ts";
import type { Reply, ReplyMeaning, Understanding } from "./meaning.ts";
import { newTextOf } from "./new-text.ts";
import { requestInOtherLanguage } from "./other-languages.ts";
import { readDate } from "./read-date.ts";
import { phraseIn } from "./remembered-phrase.ts";
import { subjectRequest } from "./subject-request.ts";
import { suggestionsIn } from "./suggestions.ts";
import { type Sentence, sentencesOf, wordsOf } from "./words.ts";

/** Meanings that say the writer still talks with us: beside a request they make it doubtful. */
const openMeanings: ReadonlySet<ReplyMeaning> = new Set(["agreed_to_meet", "wants_information"]);
/** What a program's answer is read for, the weightiest first. */
const automaticMeanings: readonly ReplyMeaning[] = [
  "retired",
  "left",
  "moved",
  "out_of_office",
  "support_auto_response",
];
/** What a person's answer is read for after requests, the weightiest first. */
const personalMeanings: readonly ReplyMeaning[] = [
  "retired",
  "left",
  "moved",
  "out_of_office",
  "support_auto_response",
  "referred",
  "not_now",
  "not_interested",
  "agreed_to_meet",
  "wants_information",
];
/** How many sentences are read; a reply is answered in its first ones. */
const sentencesRead = 60;

/**
 * What a reply means, by rules alone: no database, network or clock. Never
 * throws, and takes time linear in its text, of which the first 20,000
 * characters are read. In doubt it is not `certain`.
 */
export function understandReply(reply: Reply): Understanding {
  const text = reply.text.trim() === "" ? textOfHtml(reply.html ?? "") : reply.text;
  const { said, tail } = newTextOf(text);
  const sentences = sentencesOf(said).slice(0, sentencesRead);
  const words = sentences.flatMap((one) =>
    one.words.split(" ").filter((word) => /\p{L}/u.test(word)),
  );
  const languages = languagesOf(words, reply.language);
  const base = { language: languages.main, said };
  const automatic =
    isAutomatic(reply) ||
    sentences.some((one) => languages.read.some((grammar) => grammar.automatic.test(one.words)));

  const found = findMeanings(sentences, languages);
  const request = automatic ? undefined : requestOf(reply, sentences, languages, tail);
  const remembered = phraseIn(said, reply.phrases ?? []);
  if (remembered) {
    const rest = sentencesOf(remembered.rest);
    const still = automatic ? undefined : requestOf(reply, rest, languages, "");
    // A remembered phrase explains its own words, and hides no other request.
    if (!still)
      return {
        ...base,
        meaning: remembered.meaning,
        certain: true,
        because: remembered.phrase,
        understood_as: "remembered phrase",
        ...details(remembered.meaning, reply, said, languages),
      };
  }
  if (request && !(request.as === "unsubscribe" && !request.certain && found.has("left"))) {
    const takenBack = languages.read.some((grammar) =>
      sentences.some((one) => grammar.takenBack.test(one.words)),
    );
    if (takenBack && request.reports) {
      return {
        ...base,
        meaning: "other",
        certain: false,
        because: request.because,
        understood_as: `${request.rule}, taken back`,
      };
    }
    const open = [...found].find(([meaning]) => openMeanings.has(meaning));
    const elsewhere = open !== undefined && open[1].because !== request.because;
    return {
      ...base,
      meaning: request.as,
      certain: request.certain && !takenBack && !elsewhere,
      ...(request.erase ? { erase_requested: true as const } : {}),
      because: request.because,
      understood_as: request.rule,
    };
  }
  for (const meaning of automatic ? automaticMeanings : personalMeanings) {
    const one = found.get(meaning);
    if (one)
      return {
        ...base,
        meaning,
        certain: true,
        because: one.because,
        understood_as: one.rule,
        ...details(meaning, reply, said, languages),
      };
  }
  if (automatic) {
    const subjectDate = readDate(reply.subject, reply.receivedAt, languages.main);
    const until = readDate(said, reply.receivedAt, languages.main) ?? subjectDate;
    if (until !== undefined)
      return {
        ...base,
        meaning: "out_of_office",
        certain: true,
        because: reply.subject.slice(0, 200),
        understood_as: "automatic answer with a date",
        until,
      };
    return {
      ...base,
      meaning: "other",
      certain: true,
      because: "",
      understood_as: "automatic answer",
    };
  }
  const understoodNothing = words.length > 0 && languages.main === "unknown";
  return {
    ...base,
    meaning: "other",
    certain: !understoodNothing,
    because: "",
    understood_as: understoodNothing ? "language not known" : "no rule",
  };
}

interface FoundMeaning {
  rule: string;
  because: string;
}

function findMeanings(
  sentences: readonly Sentence[],
  languages: Languages,
): Map<ReplyMeaning, FoundMeaning> {
  const found = new Map<ReplyMeaning, FoundMeaning>();
  for (const sentence of sentences) {
    for (const grammar of languages.read) {
      for (const rule of grammar.meanings) {
        if (found.has(rule.as) || !rule.words.test(sentence.words)) continue;
        found.set(rule.as, {
          rule: `${grammar.language}: ${rule.rule}`,
          because: sentence.written.slice(0, 200),
        });
      }
    }
  }
  return found;
}

function requestOf(
  reply: Reply,
  sentences: readonly Sentence[],
  languages: Languages,
  tail: string,
): FoundRequest | undefined {
  const inSubject = subjectRequest(reply.subject);
  let best: FoundRequest | undefined = inSubject;
  const whole = sentences.reduce((sum, one) => sum + one.words.split(" ").length - 3, 0) <= 6;
  for (const sentence of sentences) {
    const one = verdictOn(sentence, languages, whole);
    if (one === "none") continue;
    if (one && (!best || (one.certain && !best.certain) || (one.certain && one.erase))) best = one;
    if (!best?.certain) best = requestInOtherLanguage(sentence) ?? best;
  }
  if (!best && sentences.length === 0 && tail !== "") best = requestBelowQuote(tail);
  return best;
}

/** The likeliest language that says anything decides; the unlikely ones are asked last. */
function verdictOn(sentence: Sentence, languages: Languages, whole: boolean): Verdict {
  for (const grammar of languages.read) {
    const verdict = requestIn(sentence, grammar, whole);
    if (verdict !== undefined) return verdict;
  }
  return undefined;
}

/** Nothing was written above unmarked quoted mail: a request in its last lines may be the answer. */
function requestBelowQuote(tail: string): FoundRequest | undefined {
  const languages = languagesOf(wordsOf(tail).trim().split(" "));
  for (const sentence of sentencesOf(tail)) {
    const one = verdictOn(sentence, languages, false);
    if (one !== undefined && one !== "none" && one.certain) {
      return { ...one, certain: false, rule: `${one.rule}, below a quote` };
    }
  }
  return undefined;
}

function details(
  meaning: ReplyMeaning,
  reply: Reply,
  said: string,
  languages: Languages,
): Pick<Understanding, "until" | "suggestions"> {
  if (meaning === "out_of_office" || meaning === "not_now") {
    const until =
      readDate(said, reply.receivedAt, languages.main) ??
      readDate(reply.subject, reply.receivedAt, languages.main);
    return until === undefined ? {} : { until };
  }
  if (
    meaning === "referred" ||
    meaning === "left" ||
    meaning === "moved" ||
    meaning === "retired"
  ) {
    const suggestions = suggestionsIn(said);
    return suggestions.length === 0 ? {} : { suggestions };
  }
  return {};
}
