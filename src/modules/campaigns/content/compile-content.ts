import { createHash } from "node:crypto";
import { engines, liquidProblem, parsePart } from "./engine.ts";
import { sampleVariables } from "./fields.ts";
import { withHtmlFooter, withTextFooter } from "./footer.ts";
import { compileMjml } from "./mjml.ts";
import { type ContentProblem, contentError } from "./problem.ts";

/** `sms` is a text message, by SMS or WhatsApp. */
export type ContentFormat = "text" | "mjml" | "sms";

export interface ContentSource {
  subject: string;
  format: ContentFormat;
  body: string;
}

/** A template made ready to render per recipient; JSON, kept with the template and with a started campaign's step. */
export interface CompiledContent {
  subject: string;
  /** Liquid; null for a plain-text mail. */
  html: string | null;
  /** Liquid; every mail has a text part. */
  text: string;
  /** True of a text message: no subject, and nothing is put under it. */
  bare?: boolean;
  /** Equal for equal content: what parsed templates are cached by. */
  digest: string;
}

/**
 * Compiles a template: MJML to HTML, a text part beside it, and a footer with
 * the unsubscribe link where the author placed none. Throws one error that
 * carries every problem found (`problemsOf`).
 */
export async function compileContent(source: ContentSource): Promise<CompiledContent> {
  const bare = source.format === "sms";
  const subject = bare ? "" : source.subject.replace(/\s+/g, " ").trim();
  const problems = [...parsePart("text", subject, "subject").problems];
  const written = parsePart(source.format === "mjml" ? "html" : "text", source.body, "body");
  problems.push(...written.problems);
  let html: string | null = null;
  let text = source.body;
  if (source.format === "mjml") {
    const compiled = await compileMjml(source.body);
    problems.push(...compiled.problems);
    ({ html, text } = compiled);
  }
  if (problems.length > 0) throw contentError(problems);
  // The text part shows only what a reader sees, so a link in it is a visible link.
  if (!bare && !parsePart("text", text, "body").uses.has("unsubscribe_url")) {
    text = withTextFooter(text);
    if (html !== null) html = withHtmlFooter(html);
  }
  const tried = [tryPart("text", subject, "subject"), tryPart("text", text, "body")];
  if (html !== null) tried.push(tryPart("html", html, "body"));
  const faults = tried.filter((each) => each !== null);
  if (faults.length > 0) throw contentError(faults);
  const digest = createHash("sha256")
    .update(JSON.stringify([subject, html, text, ...(bare ? ["bare"] : [])]))
    .digest("base64url");
  return { subject, html, text, ...(bare ? { bare } : {}), digest };
}

/** Renders once, so that endless work is found when the template is saved and not when it is sent. */
function tryPart(
  kind: "text" | "html",
  source: string,
  field: "subject" | "body",
): ContentProblem | null {
  const { templates, problems } = parsePart(kind, source, field);
  if (problems[0]) return problems[0];
  try {
    engines[kind].renderSync(templates, sampleVariables);
    return null;
  } catch (error) {
    return liquidProblem(error, field);
  }
}
