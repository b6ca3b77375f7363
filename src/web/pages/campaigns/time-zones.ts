/** Every zone that the browser knows, and the given one even if it does not. */
export function timeZones(current: string): string[] {
  const known = Intl.supportedValuesOf("timeZone");
  return [...new Set(["UTC", current, ...known])].filter((zone) => zone !== "");
}
