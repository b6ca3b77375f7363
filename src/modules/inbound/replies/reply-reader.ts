import type { ReplyMeaning, Understanding } from "./meaning.ts";

/** What a language model made of a reply. */
export interface ModelReading {
  meaning: ReplyMeaning;
  certain: boolean;
  /** ISO date, as in `Understanding`. */
  until?: string;
  because?: string;
}

/**
 * Something beside the rules that reads replies, such as a workspace's
 * language model. Undefined when it has no answer, for whatever reason.
 */
export interface ReplyReader {
  read(reply: {
    subject: string;
    said: string;
    language: string;
  }): Promise<ModelReading | undefined>;
}

function asksToStop(meaning: ReplyMeaning): boolean {
  return meaning === "unsubscribe" || meaning === "stop";
}

/**
 * The rules' understanding with a model's added. A model may add a stop and
 * may name what no rule understood; it never takes a request back, nor makes
 * a doubtful one certain that it is none.
 */
export function combine(rules: Understanding, model: ModelReading | undefined): Understanding {
  if (model === undefined) return rules;
  const by = {
    because: (model.because ?? rules.because).slice(0, 200),
    understood_as: "language model",
  };
  if (asksToStop(rules.meaning)) {
    const settles = !rules.certain && asksToStop(model.meaning) && model.certain;
    return settles
      ? { ...rules, certain: true, understood_as: `${rules.understood_as}, language model` }
      : rules;
  }
  if (asksToStop(model.meaning)) {
    const { until: _until, suggestions: _suggestions, ...rest } = rules;
    return { ...rest, meaning: model.meaning, certain: model.certain, ...by };
  }
  if (
    rules.meaning !== "other" ||
    model.meaning === "other" ||
    rules.understood_as === "remembered phrase"
  )
    return rules;
  // What the rules kept for a person because of a possible request stays with that person.
  const certain = model.certain && (rules.certain || rules.understood_as === "language not known");
  return {
    ...rules,
    meaning: model.meaning,
    certain,
    ...(model.until === undefined ? {} : { until: model.until }),
    ...by,
  };
}
