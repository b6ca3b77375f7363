import type { Template } from "liquidjs";
import { contentError } from "./problem.ts";
import { engines, type Kind, liquidProblem } from "./engine.ts";
import type { CompiledContent } from "./compile-content.ts";
import type { ContentVariables } from "./fields.ts";
import { addRenderedHtmlFooter, renderedTextFooter } from "./footer.ts";

export interface RenderedContent {
  subject: string;
  html: string | null;
  text: string;
}

interface Parsed {
  subject: Template[];
  html: Template[] | null;
  text: Template[];
}

const cache = new Map<string, Parsed>();
const cacheSize = 200;

function parsed(content: CompiledContent): Parsed {
  let found = cache.get(content.digest);
  if (!found) {
    found = {
      subject: engines.text.parse(content.subject),
      html: content.html === null ? null : engines.html.parse(content.html),
      text: engines.text.parse(content.text),
    };
    if (cache.size >= cacheSize) cache.delete(cache.keys().next().value as string);
    cache.set(content.digest, found);
  }
  return found;
}

/**
 * One recipient's mail. A contact's values cannot leave their place: they are
 * escaped in HTML, and control characters in the subject become spaces, so that
 * no header can be added through a name. Throws `template_limit` and the like.
 */
export function renderContent(content: CompiledContent, variables: ContentVariables): RenderedContent {
  const templates = parsed(content);
  const subject = oneLine(render("text", templates.subject, variables, "subject"));
  let text = render("text", templates.text, variables, "body")
    .replace(/\n{3,}/g, "\n\n")
    .replace(/^\n+/, "");
  let html = templates.html === null ? null : render("html", templates.html, variables, "body");
  if (!text.includes(variables.unsubscribe_url)) {
    text = text.trimEnd() + renderedTextFooter(variables.unsubscribe_url);
    if (html !== null) html = addRenderedHtmlFooter(html, escapeHtml(variables.unsubscribe_url));
  }
  return { subject, html, text };
}

function render(
  kind: Kind,
  templates: Template[],
  variables: ContentVariables,
  field: "subject" | "body",
): string {
  try {
    return engines[kind].renderSync(templates, variables) as string;
  } catch (error) {
    throw contentError([liquidProblem(error, field)]);
  }
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not get through
const control = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g;

function oneLine(text: string): string {
  return text.replace(control, " ").replace(/ {2,}/g, " ").trim();
}

function escapeHtml(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/"/g, "&#34;");
}
