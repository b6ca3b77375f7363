/** GSM 03.38: the basic set, and the letters that take two places in it. */
const basic = new Set(
  "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà",
);
const extended = new Set("\f^{}\\[~]|€");

export interface Segments {
  encoding: "gsm7" | "ucs2";
  /** Septets of GSM-7, or 16-bit units of UCS-2. */
  units: number;
  /** How many messages carriers charge for. */
  segments: number;
}

/**
 * How a text travels as SMS (3GPP TS 23.038, 23.040): 160 septets or 70 units in one; in
 * several, 153 or 67 each, because each says which it is. A letter is never cut in two.
 */
export function countSegments(text: string): Segments {
  const letters = Array.from(text);
  const gsm = letters.every((letter) => basic.has(letter) || extended.has(letter));
  const sizes = letters.map((letter) => (gsm ? (extended.has(letter) ? 2 : 1) : letter.length));
  const units = sizes.reduce((sum, size) => sum + size, 0);
  const [alone, each] = gsm ? [160, 153] : [70, 67];
  return {
    encoding: gsm ? "gsm7" : "ucs2",
    units,
    segments: units <= alone ? 1 : filled(sizes, each),
  };
}

function filled(sizes: readonly number[], each: number): number {
  let segments = 1;
  let used = 0;
  for (const size of sizes) {
    if (used + size > each) {
      segments += 1;
      used = 0;
    }
    used += size;
  }
  return segments;
}
