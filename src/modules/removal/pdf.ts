const pageWidth = 595;
const pageHeight = 842;
const margin = 56;
const size = 10;
const leading = 15;
const mostLines = Math.floor((pageHeight - 2 * margin) / leading);

/**
 * One A4 page of plain lines as a PDF 1.4 file (ISO 32000), in a standard font so that nothing need
 * be embedded. Letters outside Latin-1 become question marks. The first line is the heading.
 */
export function onePagePdf(lines: readonly string[]): Buffer {
  const shown = lines.slice(0, mostLines);
  const content = [
    "BT",
    `/F2 ${size + 4} Tf`,
    `${margin} ${pageHeight - margin} Td`,
    ...shown.flatMap((line, index) => [
      ...(index === 1 ? [`/F1 ${size} Tf`] : []),
      ...(index > 0 ? [`0 -${index === 1 ? leading * 2 : leading} Td`] : []),
      `(${escaped(line)}) Tj`,
    ]),
    "ET",
  ].join("\n");
  const font = (name: string) =>
    `<< /Type /Font /Subtype /Type1 /BaseFont /${name} /Encoding /WinAnsiEncoding >>`;
  const objects = [
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${pageWidth} ${pageHeight}] /Contents 4 0 R /Resources << /Font << /F1 5 0 R /F2 6 0 R >> >> >>`,
    `<< /Length ${Buffer.byteLength(content, "latin1")} >>\nstream\n${content}\nendstream`,
    font("Helvetica"),
    font("Helvetica-Bold"),
  ];
  let file = "%PDF-1.4\n";
  const offsets = objects.map((object, index) => {
    const at = file.length;
    file += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return at;
  });
  const table = file.length;
  const entries = offsets.map((at) => `${String(at).padStart(10, "0")} 00000 n \n`).join("");
  file += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${entries}`;
  file += `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${table}\n%%EOF\n`;
  return Buffer.from(file, "latin1");
}

function escaped(line: string): string {
  return line.replace(/[^\x20-\x7e\xa0-\xff]/g, "?").replace(/[\\()]/g, "\\$&");
}
