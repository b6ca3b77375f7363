const named: Readonly<Record<string, string>> = {
  amp: "&",
  apos: "'",
  gt: ">",
  lt: "<",
  nbsp: " ",
  quot: '"',
};

/** Elements that end a line of text. */
const breaking = /^\/?(?:br|p|div|tr|li|ul|ol|table|h[1-6]|blockquote|pre|hr|title|head|body)\b/i;
const hidden = /^(?:style|script|head)\b/i;

/** The words of an HTML text in lines, in one pass; for reading, never for showing. */
export function textOfHtml(html: string): string {
  const lower = html.toLowerCase();
  let text = "";
  let at = 0;
  while (at < html.length) {
    const open = html.indexOf("<", at);
    if (open === -1) {
      text += html.slice(at);
      break;
    }
    text += html.slice(at, open).replace(/\s+/g, " ");
    if (!/[a-z/!?]/i.test(html.charAt(open + 1))) {
      // "a < b" is no tag.
      text += "<";
      at = open + 1;
      continue;
    }
    const close = html.startsWith("<!--", open)
      ? html.indexOf("-->", open)
      : html.indexOf(">", open);
    if (close === -1) break;
    const tag = html.slice(open + 1, Math.min(close, open + 40));
    at = close + (html.startsWith("<!--", open) ? 3 : 1);
    if (hidden.test(tag)) {
      const name = /^\w+/.exec(tag)?.[0] ?? "";
      const end = lower.indexOf(`</${name.toLowerCase()}`, at);
      if (end === -1) break;
      at = end;
    } else if (tag.includes("@") && /^[^\s<>"=]+@[^\s<>"=]+$/.test(html.slice(open + 1, close))) {
      // An address in angle brackets that nobody escaped.
      text += html.slice(open, close + 1);
    } else if (breaking.test(tag)) text += "\n";
    else if (/^\/?t[dh]\b/i.test(tag)) text += " ";
  }
  return entities(text)
    .replace(/[ \t]*\n[ \t]*/g, "\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
}

function entities(text: string): string {
  return text.replace(
    /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,8}));/gi,
    (all, dec, hex, name) => {
      if (name) return named[String(name).toLowerCase()] ?? all;
      const code = dec ? Number(dec) : Number.parseInt(String(hex), 16);
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : all;
    },
  );
}
