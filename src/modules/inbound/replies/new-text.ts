import { foldInPlace, inlineQuoteAt, quoteIntroductionAt } from "./quote-marks.ts";
import { inlineDeviceAt, kindOfLine } from "./signature-marks.ts";
import { longestText } from "./words.ts";

export interface NewText {
  /** What the writer wrote, above and below what is quoted. */
  said: string;
  /** The last lines of mail quoted without marks: a request may hide there. */
  tail: string;
}

/** How long a signature below closing words may be, in lines. */
const signatureLines = 14;

type Place = "words" | "signature" | "marked quote" | "quote";

/**
 * Leaves out quoted mail and the signature. Text below a quote whose lines are
 * marked with ">" is the writer's again; below an unmarked one nothing tells.
 * The signature's delimiter is RFC 3676, section 4.3.
 */
export function newTextOf(text: string): NewText {
  const lines = text.slice(0, longestText).replace(/\r\n?/g, "\n").split("\n");
  const folded = lines.map(foldInPlace);
  const said: string[] = [];
  let place: Place = "words";
  let closedAt = 0;
  let at = 0;
  for (; at < lines.length && place !== "quote"; at += 1) {
    const line = lines[at] ?? "";
    const plain = folded[at] ?? "";
    if (/^\s{0,3}[>|]/.test(line)) {
      place = "marked quote";
      continue;
    }
    const introduction = quoteIntroductionAt(folded, at);
    if (introduction > 0) {
      const next = lines.slice(at + introduction).find((one) => one.trim() !== "");
      at += introduction - 1;
      place = next !== undefined && /^\s{0,3}[>|]/.test(next) ? "marked quote" : "quote";
      continue;
    }
    if (place === "marked quote" && plain.trim() !== "") place = "words";
    if (place === "signature" && (at - closedAt > signatureLines || /^\s*p\.? ?s\b/.test(plain))) {
      place = "words";
    }
    if (/^-- ?$/.test(line)) place = "signature";
    if (place !== "words") {
      closedAt = place === "signature" && closedAt === 0 ? at : closedAt;
      continue;
    }
    const kind = kindOfLine(plain);
    if (kind === "closing" && said.some((one) => one.trim() !== "")) {
      place = "signature";
      closedAt = at;
    } else if (kind === "disclaimer") {
      place = "signature";
      closedAt = at;
    } else if (kind === "words") {
      const cut = wordsEnd(plain);
      said.push(cut === -1 ? line : line.slice(0, cut));
      if (cut !== -1 && inlineQuoteAt(plain) !== -1) place = "quote";
    }
  }
  return {
    said: tidy(said),
    tail: lines
      .slice(at)
      .filter((one) => one.trim() !== "")
      .slice(-2)
      .join("\n")
      .slice(-300),
  };
}

function wordsEnd(plain: string): number {
  const ends = [inlineQuoteAt(plain), inlineDeviceAt(plain)].filter((end) => end !== -1);
  return ends.length === 0 ? -1 : Math.min(...ends);
}

function tidy(lines: readonly string[]): string {
  return lines
    .map((line) => line.trim())
    .join("\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
}
