const entities: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: " ",
  ndash: "–",
  mdash: "—",
  hellip: "…",
  copy: "©",
  reg: "®",
  euro: "€",
  lsquo: "‘",
  rsquo: "’",
  ldquo: "“",
  rdquo: "”",
  bull: "•",
  middot: "·",
  zwnj: "",
  shy: "",
};

function decodeEntities(text: string): string {
  return text.replace(
    /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{1,10}));/gi,
    (whole, decimal, hex, name) => {
      if (name) return entities[String(name).toLowerCase()] ?? whole;
      const point = decimal ? Number(decimal) : Number.parseInt(String(hex), 16);
      return point > 0 && point <= 0x10ffff && (point < 0xd800 || point > 0xdfff)
        ? String.fromCodePoint(point)
        : whole;
    },
  );
}

function attribute(tag: string, name: string): string {
  const match = new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s>]+))`, "i").exec(tag);
  return decodeEntities(match?.[1] ?? match?.[2] ?? match?.[3] ?? "").trim();
}

const blockStarts = new Set([
  "p",
  "div",
  "tr",
  "h1",
  "h2",
  "h3",
  "h4",
  "h5",
  "h6",
  "ul",
  "ol",
  "table",
  "blockquote",
  "hr",
  "section",
]);
const paragraphs = new Set(["p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "ul", "ol"]);

/**
 * The plain-text part of an HTML mail: what its reader would see, links as
 * `text (url)`, blocks on lines of their own. Comments, styles and hidden
 * preview text are left out; a link without a visible label is too.
 */
export function htmlToText(html: string): string {
  const visible = html
    .replace(/<!--[\s\S]*?-->/g, "")
    .replace(/<(head|style|script|title)\b[\s\S]*?<\/\1\s*>/gi, "")
    .replace(/<div\s[^>]*display:\s*none[^>]*>[^<]*<\/div>/gi, "");
  let out = "";
  const links: { href: string; from: number }[] = [];
  const newLine = (count: number) => {
    const kept = out.replace(/[ \t]+$/, "");
    const have = /\n*$/.exec(kept)?.[0].length ?? 0;
    out = kept === "" ? "" : kept + "\n".repeat(Math.max(0, count - have));
  };
  for (const piece of visible.split(/(<[^>]*>)/)) {
    if (!piece.startsWith("<")) {
      const text = decodeEntities(piece.replace(/\s+/g, " "));
      out += /(^|\s)$/.test(out) ? text.trimStart() : text;
      continue;
    }
    const name = /^<\/?\s*([a-z0-9]+)/i.exec(piece)?.[1]?.toLowerCase() ?? "";
    const closing = piece.startsWith("</");
    if (name === "br") out += "\n";
    else if (name === "img") out += attribute(piece, "alt");
    else if (name === "li" && !closing) {
      newLine(1);
      out += "- ";
    } else if (name === "a" && !closing)
      links.push({ href: attribute(piece, "href"), from: out.length });
    else if (name === "a") {
      const link = links.pop();
      const label = link ? out.slice(link.from).trim() : "";
      if (
        link &&
        link.href !== "" &&
        label !== "" &&
        label !== link.href &&
        !link.href.startsWith("#")
      ) {
        out = `${out.trimEnd()} (${link.href.replace(/^mailto:/i, "")})`;
      }
    } else if (paragraphs.has(name)) newLine(2);
    else if (blockStarts.has(name)) newLine(1);
    else if ((name === "td" || name === "th") && closing && !/\s$/.test(out)) out += " ";
  }
  return out
    .replace(/[ \t]+\n/g, "\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
}
