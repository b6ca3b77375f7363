/** ISO 4217 codes that this Node knows. */
export const currencies: ReadonlySet<string> = new Set(Intl.supportedValuesOf("currency"));

/**
 * A place between two neighbours, null where there is none; null when they stand
 * so close that no number is between them.
 */
export function placeBetween(before: number | null, after: number | null): number | null {
  if (before === null) return after === null ? 1 : after - 1;
  if (after === null) return before + 1;
  const middle = before + (after - before) / 2;
  return middle > before && middle < after ? middle : null;
}
