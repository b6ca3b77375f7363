import type { Template } from "liquidjs";
import type { CompiledContent } from "./compile-content.ts";
import { engines, type Kind, liquidProblem } from "./engine.ts";
import type { ContentVariables } from "./fields.ts";
import { escapeHtml, type FillIn, fillIn } from "./fill-in.ts";
import { addRenderedHtmlFooter, renderedTextFooter } from "./footer.ts";
import { contentError } from "./problem.ts";

export interface RenderedContent {
  subject: string;
  html: string | null;
  text: string;
}

interface Part {
  kind: Kind;
  field: "subject" | "body";
  templates: Template[];
  fill: FillIn | null;
}

interface Parts {
  subject: Part;
  html: Part | null;
  text: Part;
}

const cache = new Map<string, Parts>();
const cacheSize = 200;

function partsOf(content: CompiledContent): Parts {
  let parts = cache.get(content.digest);
  if (!parts) {
    parts = {
      subject: partOf("text", content.subject, "subject"),
      html: content.html === null ? null : partOf("html", content.html, "body"),
      text: partOf("text", content.text, "body"),
    };
    if (cache.size >= cacheSize) cache.delete(cache.keys().next().value as string);
    cache.set(content.digest, parts);
  }
  return parts;
}

function partOf(kind: Kind, source: string, field: "subject" | "body"): Part {
  return { kind, field, templates: engines[kind].parse(source), fill: fillIn(kind, source) };
}

/**
 * One recipient's mail. A contact's values cannot leave their place: they are
 * escaped in HTML, and control characters in the subject become spaces, so that
 * no header can be added through a name. Throws `template_limit` and the like.
 */
export function renderContent(
  content: CompiledContent,
  variables: ContentVariables,
): RenderedContent {
  const parts = partsOf(content);
  const subject = oneLine(render(parts.subject, variables));
  let text = tidy(render(parts.text, variables));
  let html = parts.html === null ? null : render(parts.html, variables);
  if (content.bare) text = text.trim();
  else if (!text.includes(variables.unsubscribe_url)) {
    text = text.trimEnd() + renderedTextFooter(variables.unsubscribe_url);
    if (html !== null) html = addRenderedHtmlFooter(html, escapeHtml(variables.unsubscribe_url));
  }
  return { subject, html, text };
}

function render(part: Part, variables: ContentVariables): string {
  return part.fill?.(variables) ?? interpret(part, variables);
}

function interpret({ kind, templates, field }: Part, variables: ContentVariables): string {
  try {
    return engines[kind].renderSync(templates, variables) as string;
  } catch (error) {
    throw contentError([liquidProblem(error, field)]);
  }
}

/** Closes the gaps that fields and conditions without content leave. */
function tidy(text: string): string {
  return text
    .replace(/\n{3,}/g, "\n\n")
    .replace(/\n-- \n\n/, "\n-- \n")
    .replace(/^\n+/, "");
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not get through
const control = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g;

function oneLine(text: string): string {
  return text.replace(control, " ").replace(/ {2,}/g, " ").trim();
}
