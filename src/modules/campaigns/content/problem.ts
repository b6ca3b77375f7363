import { HeedError } from "../../../kernel/errors.ts";

export type ContentProblemCode =
  | "template_syntax"
  | "template_field_unknown"
  | "template_limit"
  | "template_file_access"
  | "template_tag_dropped"
  | "mjml_invalid";

/** What is wrong with a template, where, and what to do about it. */
export interface ContentProblem {
  field: "subject" | "body";
  code: ContentProblemCode;
  message: string;
  /** Line of the field, counted from 1; null where no line can be named. */
  line: number | null;
}

/** One error for all problems of a template; its code is that of the first. */
export function contentError(problems: readonly ContentProblem[]): HeedError {
  const first = problems[0];
  const told = problems
    .slice(0, 5)
    .map((each) => `${each.field}${each.line ? `, line ${each.line}` : ""}: ${each.message}`);
  const more = problems.length > 5 ? ` (and ${problems.length - 5} more)` : "";
  return new HeedError(first?.code ?? "template_syntax", `${told.join(" ")}${more}`, { problems });
}

/** The problems that a content error carries; an empty list for any other error. */
export function problemsOf(error: unknown): readonly ContentProblem[] {
  const problems = error instanceof HeedError ? error.details.problems : undefined;
  return Array.isArray(problems) ? (problems as ContentProblem[]) : [];
}
