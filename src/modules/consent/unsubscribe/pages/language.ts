/** The languages that recipients are answered in; the first is the fallback. */
export const languages = ["en", "fr", "es", "de", "nl"] as const;
export type Language = (typeof languages)[number];

/** The best of our languages for an Accept-Language header (RFC 9110, 12.5.4). */
export function languageOf(header: string | undefined): Language {
  const wanted = (header ?? "")
    .slice(0, 500)
    .split(",")
    .map((entry) => {
      const [tag = "", ...parameters] = entry.trim().toLowerCase().split(";");
      const q = parameters.map((each) => /^\s*q=([\d.]+)\s*$/.exec(each)?.[1]).find(Boolean);
      return { language: tag.split("-")[0], q: q === undefined ? 1 : Number(q) };
    })
    .filter((each) => each.q > 0)
    .sort((a, b) => b.q - a.q);
  for (const { language } of wanted) {
    if (language === "*") return "en";
    const ours = languages.find((each) => each === language);
    if (ours) return ours;
  }
  return "en";
}

export function isLanguage(text: string): text is Language {
  return languages.some((each) => each === text);
}
