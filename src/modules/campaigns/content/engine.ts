import { Liquid, Tag, type TagToken, type Template, type TopLevelToken } from "liquidjs";
import { checkField } from "./fields.ts";
import type { ContentProblem, ContentProblemCode } from "./problem.ts";

/** Longest template text, in characters; most work and memory that one rendering may take. */
const limits = { characters: 1_000_000, milliseconds: 500, memory: 2_000_000 };

class FileAccess extends Error {}

function refusedTag(name: string) {
  return class extends Tag {
    constructor(token: TagToken, remaining: TopLevelToken[], liquid: Liquid) {
      super(token, remaining, liquid);
      throw new FileAccess(
        `"${name}" would read another file, and a template stands alone. Paste the text here instead.`,
      );
    }
    *render() {}
  };
}

function makeEngine(options: { escape: boolean }): Liquid {
  const engine = new Liquid({
    // In memory and empty: no tag can reach the file system.
    templates: {},
    ...(options.escape ? { outputEscape: "escape" } : {}),
    strictFilters: true,
    ownPropertyOnly: true,
    // An empty name is false in a condition, as a person who writes one expects.
    jsTruthy: true,
    parseLimit: limits.characters,
    renderLimit: limits.milliseconds,
    memoryLimit: limits.memory,
  });
  for (const name of ["include", "render", "layout", "block"]) {
    engine.registerTag(name, refusedTag(name));
  }
  // It would let a contact's own value into the HTML unescaped.
  delete engine.filters.raw;
  return engine;
}

/** Liquid for parts that are plain text, and for parts that are HTML (every value escaped). */
export const engines = { text: makeEngine({ escape: false }), html: makeEngine({ escape: true }) };

export type Kind = keyof typeof engines;

/** Parses one part; gives what is wrong with it instead of throwing. */
export function parsePart(
  kind: Kind,
  source: string,
  field: "subject" | "body",
): { templates: Template[]; problems: ContentProblem[]; uses: ReadonlySet<string> } {
  let templates: Template[];
  try {
    templates = engines[kind].parse(source);
  } catch (error) {
    return { templates: [], problems: [liquidProblem(error, field)], uses: new Set() };
  }
  const problems: ContentProblem[] = [];
  const { globals } = engines[kind].analyzeSync(templates, { partials: false });
  for (const uses of Object.values(globals)) {
    for (const use of uses) {
      const problem = checkField(use.segments, { field, line: use.location.row });
      if (problem && !problems.some((other) => other.message === problem.message))
        problems.push(problem);
    }
  }
  return { templates, problems, uses: new Set(Object.keys(globals)) };
}

interface LiquidErrorLike {
  message: string;
  originalError?: Error;
  token?: { getPosition?: () => [number, number] };
}

/** What a Liquid error means to whoever wrote the template. */
export function liquidProblem(error: unknown, field: "subject" | "body"): ContentProblem {
  const liquid = error as LiquidErrorLike;
  const reason = (liquid.originalError?.message ?? liquid.message).replace(
    /, line:\d+, col:\d+$/,
    "",
  );
  const line = liquid.token?.getPosition?.()[0] ?? null;
  const [code, message] = explain(reason, liquid.originalError);
  return { field, line, code, message };
}

function explain(reason: string, original: Error | undefined): [ContentProblemCode, string] {
  if (original instanceof FileAccess) return ["template_file_access", reason];
  if (/limit exceeded/.test(reason)) {
    return [
      "template_limit",
      `The template does too much (${reason}). Take out long loops, huge ranges and repeated appends.`,
    ];
  }
  const filter = /^undefined filter: (.+)$/.exec(reason)?.[1];
  if (filter)
    return [
      "template_syntax",
      `There is no filter "${filter}". Check its spelling, or leave it out.`,
    ];
  return ["template_syntax", `Liquid cannot read this: ${reason}.`];
}
