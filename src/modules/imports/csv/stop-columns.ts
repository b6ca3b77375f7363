import type { Channel } from "../../contacts/index.ts";
import { plainWords, type StopField } from "./fields.ts";

/** What a cell of a stop column asks for. There is no signal that lifts (S5). */
export type StopSignal =
  | { readonly kind: "unsubscribe"; readonly channel: Channel }
  | {
      readonly kind: "suppression";
      readonly reason: "hard_bounce" | "complaint";
      readonly channel: "email";
    }
  | { readonly kind: "do_not_contact" }
  | { readonly kind: "do_not_disturb"; readonly channel: Channel }
  | { readonly kind: "deactivation" };

const hardBounce: StopSignal = { kind: "suppression", reason: "hard_bounce", channel: "email" };
const complaint: StopSignal = { kind: "suppression", reason: "complaint", channel: "email" };
const unsubscribe: StopSignal = { kind: "unsubscribe", channel: "email" };

/** "No" in a column that asks whether someone is stopped. */
const negative = words(
  `false|f|no|n|0|0 0|off|unchecked|non|faux|nein|falsch|nee|onwaar|falso|nao|never|jamais|nie|niemals
  |nooit|nunca|n a|na|none|aucun|aucune|keine|keiner|geen|ninguno|ninguna
  |subscribed|active|enabled|abonne|inscrit|actif|angemeldet|aktiv|suscrito|activo|ingeschreven|actief
  |opted in|opt in|valid|ok|deliverable|delivered|clean|not bounced|not unsubscribed|0000 00 00
  |0000 00 00 00 00 00`,
);

/** How programs and people write an empty cell. */
const noAnswer = words("null|nil|undefined|nan|not set");

/** "Yes" in a column that asks whether someone agreed. */
const affirmative = words(
  `true|t|yes|y|1|x|on|checked|oui|o|vrai|ja|j|wahr|waar|si|s|verdadero|sim|granted|given|confirmed
  |double opt in|single opt in|subscribed|opted in|opt in|optin|active|enabled|abonne|inscrit|actif
  |angemeldet|bestatigt|aktiv|suscrito|activo|ingeschreven|actief|accepted|accepte|akzeptiert|aceptado|valid`,
);

/** Words of a status column, in order of strictness: a complaint is lifted by nobody. */
const statusWords: readonly (readonly [RegExp, StopSignal])[] = [
  [
    /^(?!.*\b(?:no|not|non)\b).*(?:complain|\bspam\b|\babuse\b|plainte|beschwerde|queja|klacht)/,
    complaint,
  ],
  [
    /unsub|non ?subscri|not subscri|opt(ed|s)? ?out|optout|desabonn|desinscri|abgemeldet|abbestellt|uitgeschreven|afgemeld|de baja|desuscri|unconfirmed|not confirmed|\bstop(ped)?\b|\bremoved?\b|withdrawn|revoked/,
    unsubscribe,
  ],
  [
    /block|black ?list|suppress|do ?n[o ]?t? (contact|mail|email|disturb|call)|\bdnc\b|\bdnd\b|\bdnm\b|not contact|no contactar|ne pas contacter|nicht kontaktieren|niet contacteren|gesperrt|geblokkeerd|bloque/,
    { kind: "do_not_contact" },
  ],
  [
    /^(?!.*\bsoft\b)(?!.*\bnot bounced\b).*(bounce|\bcleaned\b|undeliverable|^invalid|email invalid|invalid email|unzustellbar|ungultig|invalide|onbestelbaar|rebot|rebound)/,
    hardBounce,
  ],
  [
    /inactiv|inactif|inactief|inaktiv|deactivat|desactiv|deaktiviert|gedeactiveerd|disabled|archived|deleted|deceased|left company/,
    { kind: "deactivation" },
  ],
];

/**
 * Which stop a cell asks for, or null.
 *
 * Doubt does not send (S9): in a stop column every value stops that is not empty and not a clear
 * no, dates and unknown words included; in an inverted column ("opted in", "active") every value
 * that is not empty and not a clear yes. An empty cell, a dash or NULL says nothing. A soft bounce is no stop
 * (product.md, quarantine). A status column stops by its words alone, since most of its values
 * ("Lead", "Customer") say nothing about sending.
 */
export function readStopSignal(field: StopField, value: string): StopSignal | null {
  const trimmed = value.replace(/[\u200B\uFEFF\0]/gu, "").trim();
  const said = plainWords(trimmed);
  if (trimmed === "" || noAnswer.has(said) || isDash(trimmed)) return null;
  if (field === "status") return statusWords.find(([pattern]) => pattern.test(said))?.[1] ?? null;
  if (field === "active" || field.startsWith("opt_in_")) {
    if (agrees(trimmed, said)) return null;
    return signalOf(field);
  }
  if (negative.has(said) || /^[[{]\s*[\]}]$/.test(trimmed)) return null;
  if (
    field === "bounced" &&
    /^(soft|temporary|transient|soft bounced?|transient bounce)$/.test(said)
  )
    return null;
  if ((field === "unsubscribed" || field === "bounced") && saysComplaint(said)) return complaint;
  return signalOf(field);
}

/** True when most of a column's cells read as a plain yes or no, or a date. */
export function readsAsYesOrNo(values: readonly string[]): boolean {
  const filled = values.filter((value) => value.trim() !== "");
  if (filled.length === 0) return true;
  const clear = filled.filter((value) => {
    const said = plainWords(value);
    return (
      agrees(value.trim(), said) || negative.has(said) || statusWords.some(([p]) => p.test(said))
    );
  });
  return clear.length * 2 > filled.length;
}

function signalOf(field: Exclude<StopField, "status">): StopSignal {
  switch (field) {
    case "unsubscribed":
      return unsubscribe;
    case "bounced":
      return hardBounce;
    case "complained":
      return complaint;
    case "do_not_contact":
      return { kind: "do_not_contact" };
    case "deactivated":
    case "active":
      return { kind: "deactivation" };
    case "unsubscribed_sms":
    case "opt_in_sms":
      return { kind: "unsubscribe", channel: "sms" };
    case "unsubscribed_whatsapp":
    case "opt_in_whatsapp":
      return { kind: "unsubscribe", channel: "whatsapp" };
    case "unsubscribed_call":
    case "opt_in_call":
      return { kind: "unsubscribe", channel: "call" };
    case "opt_in_email":
      return unsubscribe;
    case "do_not_disturb_email":
      return { kind: "do_not_disturb", channel: "email" };
    case "do_not_disturb_sms":
      return { kind: "do_not_disturb", channel: "sms" };
    case "do_not_disturb_whatsapp":
      return { kind: "do_not_disturb", channel: "whatsapp" };
    case "do_not_disturb_call":
      return { kind: "do_not_disturb", channel: "call" };
  }
}

function agrees(trimmed: string, said: string): boolean {
  return affirmative.has(said) || /^[✓✔☑✅]/u.test(trimmed) || isDate(trimmed);
}

/** "2024-01-02 10:00", "02/01/2024", "2 Jan 2024": when someone agreed, or left. */
function isDate(text: string): boolean {
  return (
    (/^\d{4}-\d{2}-\d{2}/.test(text) ||
      /^\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}/.test(text) ||
      /^\d{1,2}\.? \p{L}{3,}\.? \d{4}/u.test(text)) &&
    !text.startsWith("0000")
  );
}

function isDash(text: string): boolean {
  return /^[-\u2010-\u2015\u2212.\s/]+$/u.test(text);
}

function saysComplaint(said: string): boolean {
  return statusWords[0]?.[0].test(said) ?? false;
}

function words(list: string): ReadonlySet<string> {
  return new Set(list.split("|").map((word) => word.trim()));
}
