/** A Liquid output or tag that stands in for itself while other tools handle the text around it. */
interface Held {
  placeholder: string;
  source: string;
  line: number;
}

const liquid =
  /\{%-?\s*comment\s*-?%\}[\s\S]*?\{%-?\s*endcomment\s*-?%\}|\{%-?\s*raw\s*-?%\}[\s\S]*?\{%-?\s*endraw\s*-?%\}|\{\{[\s\S]*?\}\}|\{%[\s\S]*?%\}/g;

/**
 * Liquid inside MJML: quotes and angle brackets in it would break the XML, and
 * a tag between two MJML elements would be dropped as loose text. So each is
 * replaced by a plain word, and put back in whatever came out.
 */
export class ProtectedLiquid {
  readonly text: string;
  readonly held: readonly Held[];
  readonly #mark: string;

  constructor(source: string) {
    let mark = "heedliquid";
    while (source.includes(mark)) mark += "q";
    this.#mark = mark;
    const held: Held[] = [];
    this.text = source.replace(liquid, (found, at: number) => {
      const placeholder = `${mark}${held.length}x`;
      held.push({ placeholder, source: found, line: lineAt(source, at) });
      return placeholder;
    });
    this.held = held;
  }

  /** Puts the Liquid back; one whose place is gone stays gone (see `missingFrom`). */
  restore(text: string): string {
    return text.replace(
      this.#pattern(),
      (whole, index: string) => this.held[Number(index)]?.source ?? whole,
    );
  }

  /** What the other tool dropped. */
  missingFrom(text: string): Held[] {
    return this.held.filter(
      (each) => !text.includes(each.placeholder) && !/^\{%-?\s*comment\b/.test(each.source),
    );
  }

  /** Wraps each tag that stands directly in a structural element, where only elements may stand. */
  wrapLoose(
    text: string,
    wrap: (placeholder: string) => string,
    isStructural: (element: string) => boolean,
  ): string {
    const open: string[] = [];
    return text
      .split(/(<!--[\s\S]*?-->|<[^>]*>)/)
      .map((piece) => {
        if (piece.startsWith("<!--")) return piece;
        if (piece.startsWith("<")) {
          const name = /^<\/?\s*([\w-]+)/.exec(piece)?.[1]?.toLowerCase();
          if (name && piece.startsWith("</")) {
            const at = open.lastIndexOf(name);
            if (at !== -1) open.length = at;
          } else if (name && !piece.endsWith("/>")) open.push(name);
          return piece;
        }
        const parent = open.at(-1);
        if (!parent || !isStructural(parent)) return piece;
        return piece.replace(this.#pattern(), wrap);
      })
      .join("");
  }

  /** The line of the original for a line of `text`: Liquid that spans lines makes it shorter. */
  originalLine(line: number): number {
    let shift = 0;
    for (const each of this.held) {
      if (each.line - shift > line) break;
      const inside = each.source.split("\n").length - 1;
      if (each.line - shift < line) shift += inside;
    }
    return line + shift;
  }

  #pattern(): RegExp {
    return new RegExp(`${this.#mark}(\\d+)x`, "g");
  }
}

function lineAt(source: string, at: number): number {
  let line = 1;
  for (let i = source.indexOf("\n"); i !== -1 && i < at; i = source.indexOf("\n", i + 1)) line += 1;
  return line;
}
