/** A row in the text form of PostgreSQL's COPY, with NULL '': null and the empty text are one. */
export function copyLine(cells: readonly (string | null)[]): string {
  const line = cells.join("\t");
  // Nearly no row holds a letter that has to be escaped.
  if (!/[\\\n\r]/.test(line) && tabsIn(line) === cells.length - 1) return `${line}\n`;
  return `${cells.map((cell) => (cell === null ? "" : escaped(cell))).join("\t")}\n`;
}

function tabsIn(line: string): number {
  let tabs = 0;
  for (let at = line.indexOf("\t"); at >= 0; at = line.indexOf("\t", at + 1)) tabs++;
  return tabs;
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
