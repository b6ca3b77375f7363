/** A row in the text form of PostgreSQL's COPY; null is \N. */
export function copyLine(cells: readonly (string | null)[]): string {
  let line = "";
  for (let i = 0; i < cells.length; i++) {
    const cell = cells[i] as string | null;
    if (i > 0) line += "\t";
    line += cell === null ? "\\N" : /[\\\t\n\r]/.test(cell) ? escaped(cell) : cell;
  }
  return `${line}\n`;
}

const escapes: Readonly<Record<string, string>> = {
  "\\": "\\\\",
  "\t": "\\t",
  "\n": "\\n",
  "\r": "\\r",
};

function escaped(cell: string): string {
  return cell.replace(/[\\\t\n\r]/g, (letter) => escapes[letter] as string);
}
