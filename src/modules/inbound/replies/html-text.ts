/** Longest HTML part that is read. */
const longestHtml = 200_000;

/** Where mail programs put quoted mail in HTML: Gmail, Outlook, Yahoo, Thunderbird, Apple Mail. */
const quotes =
  /<(?:blockquote\b|div[^<>]*(?:gmail_quote|gmail_attr|divRplyFwdMsg|appendonsend|yahoo_quoted|moz-cite-prefix|protonmail_quote|zmail_extra))[^<>]*>/i;

const entities: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: " ",
  rsquo: "’",
  lsquo: "‘",
  ldquo: "“",
  rdquo: "”",
  hellip: "…",
  ndash: "–",
  mdash: "—",
  eacute: "é",
  egrave: "è",
  agrave: "à",
  ccedil: "ç",
  ecirc: "ê",
  ocirc: "ô",
  ugrave: "ù",
  auml: "ä",
  ouml: "ö",
  uuml: "ü",
  Auml: "Ä",
  Ouml: "Ö",
  Uuml: "Ü",
  szlig: "ß",
  aacute: "á",
  iacute: "í",
  oacute: "ó",
  uacute: "ú",
  ntilde: "ñ",
  atilde: "ã",
  otilde: "õ",
  iexcl: "¡",
  iquest: "¿",
  ograve: "ò",
  igrave: "ì",
};

/** The words of an HTML part, line by line, without what a mail program marked as quoted. */
export function textOfHtml(html: string): string {
  let shown = withoutHidden(html.slice(0, longestHtml));
  const quote = shown.search(quotes);
  // A quote at the very top is followed by the answer: then it stays, unmarked.
  if (quote !== -1 && /[^\s]/.test(withoutTags(shown.slice(0, quote))))
    shown = shown.slice(0, quote);
  return withoutTags(shown);
}

function withoutTags(html: string): string {
  return html
    .replace(/\s+/g, " ")
    .replace(/<(?:br|\/p|\/div|\/tr|\/li|\/h[1-6]|hr)\b[^<>]*>/gi, "\n")
    .replace(/<[^<>]*>/g, " ")
    .replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,8}));/gi, decode)
    .replace(/[ \t\u00a0]+/g, " ")
    .replace(/ ?\n ?/g, "\n")
    .trim();
}

function decode(whole: string, decimal?: string, hex?: string, name?: string): string {
  if (name !== undefined) return entities[name] ?? whole;
  const code = decimal === undefined ? Number.parseInt(hex ?? "", 16) : Number(decimal);
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : " ";
}

/** Takes out comments, styles, scripts and the head, by searching forward only. */
function withoutHidden(html: string): string {
  const lower = html.toLowerCase();
  if (lower.length !== html.length) return html;
  const opening = /<(?:(style|script|head|title)\b|!--)/g;
  let kept = "";
  let from = 0;
  for (let match = opening.exec(lower); match; match = opening.exec(lower)) {
    const close = match[1] === undefined ? "-->" : `</${match[1]}`;
    const end = lower.indexOf(close, match.index);
    kept += html.slice(from, match.index);
    if (end === -1) return kept;
    const after = html.indexOf(">", end);
    if (after === -1) return kept;
    from = after + 1;
    opening.lastIndex = from;
  }
  return kept + html.slice(from);
}
