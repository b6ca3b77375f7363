import { anyOf, months, numbers, type Unit, units, weekdays } from "./date-words.ts";
import type { ReplyLanguage } from "./meaning.ts";
import { fold } from "./words.ts";

const month = anyOf(months.keys());
const longMonth = anyOf([...months.keys()].filter((name) => name.length > 3 || name === "may"));
const weekday = anyOf([...weekdays.keys()].filter((name) => name.length > 3));
const count = `\\d{1,2}|${anyOf(numbers.keys())}`;
const unit = anyOf(units.keys());
const next =
  "next|prochaine?|proxim[oa]|que vie?ne|que vem|nachste[nsrm]?|kommende[nsrm]?|volgende?|komende?|prossim[oa]";

const forms = {
  iso: /\b(20\d\d)-(\d\d)-(\d\d)\b/g,
  dotted: /(?<![\d.:])(\d{1,2})\.\s?(\d{1,2})\.(?:\s?(20\d\d|\d\d)(?![\d:]))?/g,
  slashed: /(?<![\d/])(\d{1,2})([/-])(\d{1,2})(?:\2(20\d\d|\d\d))?(?![\d/-])/g,
  dayMonth: new RegExp(
    `(?<![\\d.:])(\\d{1,2})(?:\\.|st|nd|rd|th|er|º|°|o)?\\s?(?:of |de |d')?(${month})\\b\\.?(?:,? (?:de |del )?(20\\d\\d))?`,
    "g",
  ),
  monthDay: new RegExp(
    `\\b(${month})\\.? (\\d{1,2})(?:st|nd|rd|th)?(?![\\d:])(?:,? (20\\d\\d))?`,
    "g",
  ),
  monthOnly: new RegExp(
    `\\b(?:in|en|im|em|a|until|till|bis|tot|ab|from|after|early|mid|late|next|jusqu'en|hasta|desde|fino a|ate|vanaf|anfang|mitte|ende|debut|mi|fin|begin|eind|inizio|fine|principios de|mediados de|finales de|inicio de|meados de|fim de) (?:(?:the )?(?:month|beginning|end|start|mes|mois) (?:of|de) |d')?(${longMonth})\\b(?! \\d{1,2}\\b)(?: (?:de |del )?(20\\d\\d))?`,
    "g",
  ),
  weekday: new RegExp(`\\b(${weekday})\\b`, "g"),
  relative: new RegExp(
    `\\b(?:in|within|after|dans|dentro de|en|de aqui a|innerhalb von|nach|over|binnen|na|tra|fra|entro|daqui a|em|dentro) (?:about |a |another |the next |etwa |ca |environ |unos |circa |ongeveer |cerca de )?(${count}) (?:of )?(?:more )?(${unit})\\b`,
    "g",
  ),
  nextUnit: new RegExp(`\\b(?:(?:${next}) (${unit})|(${unit}) (?:${next}))\\b`, "g"),
  quarter: /\bq([1-4])(?: (?:of )?(20\d\d))?\b/g,
  tomorrow:
    /\b(?:tomorrow|demain|manana|domani|amanha|ubermorgen)\b|\b(?:bis|ab|tot|vanaf) morgen\b/g,
} as const;

const returning =
  /\b(?:back|return\w*|rejoin|resume|retour|rentre\w*|reviens|reviendrai|zuruck\w*|wieder|regres\w*|vuelv\w*|reincorpor\w*|terug\w*|weer|rientr\w*|torn\w*|ritorn\w*|volt\w*|retorn\w*|available|erreichbar|bereikbaar|disponible|disponivel|disponibile|reachable|ab)\b/;
const lasting =
  /\b(?:until|till|til|through|thru|bis|jusqu\w*|au|hasta|al|tot|t\/m|fino|sino|ate|to|a|and|und|et|en)\b[^.]{0,14}$|[-–]\s?$/;
const starting =
  /\b(?:from|vom|von|du|desde|del|dal|van|since|seit|depuis|starting|beginning|entre|between)\b[^.\d]{0,12}$/;

interface Found {
  at: number;
  length: number;
  date: Date;
  weight: number;
}

/**
 * The day of coming back, or of trying again, that a text names; undefined
 * when it names none. `from` is when the text came; dates without a year are
 * the nearest such day around it.
 */
export function readDate(
  text: string,
  from: Date,
  language: ReplyLanguage | "unknown",
): string | undefined {
  const folded = fold(text.slice(0, 4_000));
  const today = new Date(Date.UTC(from.getUTCFullYear(), from.getUTCMonth(), from.getUTCDate()));
  const found = datesIn(folded, today, language);
  let best: Found | undefined;
  let bestScore = 0;
  for (const one of found) {
    const before = folded.slice(Math.max(0, one.at - 45), one.at);
    const after = folded.slice(one.at + one.length, one.at + one.length + 30);
    let score = one.weight;
    if (starting.test(before) && !/\b(?:back|wieder|weer)\b/.test(before)) score -= 2;
    else if (returning.test(before)) score += 4;
    else if (/^[^.,;\n]*/.exec(after)?.some((rest) => returning.test(rest))) score += 4;
    else if (lasting.test(before)) score += 2;
    if (!best || score > bestScore || (score === bestScore && one.date > best.date)) {
      best = one;
      bestScore = score;
    }
  }
  return best?.date.toISOString().slice(0, 10);
}

function datesIn(text: string, today: Date, language: ReplyLanguage | "unknown"): Found[] {
  const found: Found[] = [];
  const add = (match: RegExpMatchArray, date: Date | undefined, weight: number) => {
    if (date) found.push({ at: match.index ?? 0, length: match[0].length, date, weight });
  };
  for (const m of text.matchAll(forms.iso))
    add(m, day(Number(m[1]), Number(m[2]), Number(m[3])), 1);
  for (const m of text.matchAll(forms.dotted))
    add(m, near(today, Number(m[2]), Number(m[1]), m[3]), 1);
  for (const m of text.matchAll(forms.slashed)) {
    const american = language === "en" && Number(m[1]) <= 12;
    if (m[2] === "-" && m[4] === undefined) continue;
    const [d, mo] = american || Number(m[3]) > 12 ? [m[3], m[1]] : [m[1], m[3]];
    add(m, near(today, Number(mo), Number(d), m[4]), 1);
  }
  for (const m of text.matchAll(forms.dayMonth))
    add(m, near(today, months.get(m[2] ?? "") ?? 0, Number(m[1]), m[3]), 1);
  for (const m of text.matchAll(forms.monthDay))
    add(m, near(today, months.get(m[1] ?? "") ?? 0, Number(m[2]), m[3]), 1);
  for (const m of text.matchAll(forms.monthOnly))
    add(m, near(today, months.get(m[1] ?? "") ?? 0, 1, m[2], 0), 0);
  for (const m of text.matchAll(forms.weekday))
    add(m, nextWeekday(today, weekdays.get(m[1] ?? "") ?? 1), 0);
  for (const m of text.matchAll(forms.relative)) {
    const amount = numbers.get(m[1] ?? "") ?? Number(m[1]);
    add(m, later(today, amount, units.get(m[2] ?? "") ?? "day"), 0);
  }
  for (const m of text.matchAll(forms.nextUnit))
    add(m, startOfNext(today, units.get(m[1] ?? m[2] ?? "") ?? "week"), 0);
  for (const m of text.matchAll(forms.quarter))
    add(m, near(today, Number(m[1]) * 3 - 2, 1, m[2], 0), 0);
  for (const m of text.matchAll(forms.tomorrow)) add(m, later(today, 1, "day"), 0);
  return found;
}

function day(year: number, monthNumber: number, dayNumber: number): Date | undefined {
  const date = new Date(Date.UTC(year, monthNumber - 1, dayNumber));
  return date.getUTCMonth() === monthNumber - 1 && date.getUTCDate() === dayNumber
    ? date
    : undefined;
}

/** Without a year: this year's day, or next year's when this one's passed more than `grace` days ago. */
function near(
  today: Date,
  monthNumber: number,
  dayNumber: number,
  year?: string,
  grace = 60,
): Date | undefined {
  if (year !== undefined) return day((Number(year) % 100) + 2000, monthNumber, dayNumber);
  const date = day(today.getUTCFullYear(), monthNumber, dayNumber);
  if (date && today.getTime() - date.getTime() > grace * 86_400_000) {
    return day(today.getUTCFullYear() + 1, monthNumber, dayNumber);
  }
  return date;
}

function nextWeekday(today: Date, wanted: number): Date {
  const ahead = (wanted - (today.getUTCDay() || 7) + 7) % 7 || 7;
  return later(today, ahead, "day");
}

function later(today: Date, amount: number, by: Unit): Date {
  const [y, m, d] = [today.getUTCFullYear(), today.getUTCMonth(), today.getUTCDate()];
  if (by === "day") return new Date(Date.UTC(y, m, d + amount));
  if (by === "week") return new Date(Date.UTC(y, m, d + 7 * amount));
  const monthsAhead = amount * (by === "month" ? 1 : by === "quarter" ? 3 : 12);
  const lastDay = new Date(Date.UTC(y, m + monthsAhead + 1, 0)).getUTCDate();
  return new Date(Date.UTC(y, m + monthsAhead, Math.min(d, lastDay)));
}

function startOfNext(today: Date, by: Unit): Date {
  const [y, m] = [today.getUTCFullYear(), today.getUTCMonth()];
  if (by === "day") return later(today, 1, "day");
  if (by === "week") return nextWeekday(today, 1);
  if (by === "month") return new Date(Date.UTC(y, m + 1, 1));
  if (by === "quarter") return new Date(Date.UTC(y, Math.floor(m / 3) * 3 + 3, 1));
  return new Date(Date.UTC(y + 1, 0, 1));
}
