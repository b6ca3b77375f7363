/** Markup that may stand in a page as it is; every other value is escaped. */
export class Html {
  constructor(readonly markup: string) {}
}

/** Text as it may stand in an element or in a quoted attribute. */
export function escapeHtml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}

/** Markup with its values escaped; null is left out. */
export function html(
  parts: TemplateStringsArray,
  ...values: readonly (string | Html | null)[]
): Html {
  let markup = parts[0] ?? "";
  values.forEach((value, i) => {
    markup += value instanceof Html ? value.markup : escapeHtml(value ?? "");
    markup += parts[i + 1] ?? "";
  });
  return new Html(markup);
}

/** Several pieces of markup, one after the other. */
export function joined(pieces: readonly Html[]): Html {
  return new Html(pieces.map((piece) => piece.markup).join("\n"));
}
