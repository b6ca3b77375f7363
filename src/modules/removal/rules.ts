/** How long a preview can be confirmed. */
export const previewMinutes = 15;
/** How long a second person may take to approve. */
export const approvalHours = 72;
/** Up to this many contacts are confirmed by a word, more by their number. */
export const wordUpTo = 10;
/** How long before its end an open erasure request is alarmed. */
export const alarmDays = 3;

export const confirmWord = "DELETE";

export type Mode = "bin" | "erase" | "clear";

export type DeletionState =
  | "previewed"
  | "awaiting_approval"
  | "running"
  | "done"
  | "halted"
  | "cancelled"
  | "expired"
  | "purged";

/** What must be typed to confirm a deletion of so many: the word, or the number. */
export function confirmation(count: number): string {
  return count <= wordUpTo ? confirmWord : String(count);
}

/** True when what was typed confirms exactly this many. Spaces around it are forgiven, nothing else. */
export function confirms(typed: string, count: number): boolean {
  return typed.trim() === confirmation(count);
}

export function minutesAfter(from: Date, minutes: number): Date {
  return new Date(from.getTime() + minutes * 60_000);
}

export function daysAfter(from: Date, days: number): Date {
  return minutesAfter(from, days * 24 * 60);
}

/** Why contacts of a selection stay, and what to do about it. */
export const waysOut = {
  contact_locked_by_crm:
    "Another system owns this contact. Delete it there, or end its lock under external references.",
  in_bin: "It is in the bin already.",
  not_found: "There is no such contact, or your role does not see it.",
  not_visible: "Your role does not see these. Ask somebody who sees all contacts.",
} as const;

export type BlockedCode = keyof typeof waysOut;

/** One calendar month later, the last day of it where it is shorter (GDPR Art. 12(3)). */
export function oneMonthAfter(received: Date): Date {
  const due = new Date(received);
  due.setUTCMonth(due.getUTCMonth() + 1);
  if (due.getUTCDate() !== received.getUTCDate()) due.setUTCDate(0);
  return due;
}

export type Deadline = "done" | "open" | "due_soon" | "overdue";

/** Where a request stands at a moment. */
export function deadline(request: { due_at: Date; done_at: Date | null }, now: Date): Deadline {
  if (request.done_at !== null) return "done";
  if (now.getTime() >= request.due_at.getTime()) return "overdue";
  return now.getTime() >= daysAfter(request.due_at, -alarmDays).getTime() ? "due_soon" : "open";
}

/** A restoration is possible up to the very moment from which the purge may come. */
export function stillRestorable(restorableUntil: Date | null, now: Date): boolean {
  return restorableUntil !== null && now.getTime() < restorableUntil.getTime();
}

/** Says of a line of a file whether it names one of these: an address, a number's digits, or both names. */
export function namedBy(traces: {
  addresses: readonly string[];
  names: readonly { first: string; last: string }[];
}): (line: string) => boolean {
  const emails = traces.addresses
    .filter((each) => each.includes("@"))
    .map((each) => each.toLowerCase());
  // A number may be written with its country or without, and with any spaces.
  const numbers = traces.addresses
    .filter((each) => !each.includes("@"))
    .map((each) => each.replace(/\D/g, "").slice(-9));
  const names = traces.names.map((name) => [name.first.toLowerCase(), name.last.toLowerCase()]);
  return (line) => {
    const lower = line.toLowerCase();
    if (emails.some((email) => lower.includes(email))) return true;
    if (names.some((parts) => parts.every((part) => lower.includes(part)))) return true;
    if (numbers.length === 0) return false;
    const digits = line.replace(/\D/g, "");
    return numbers.some((number) => digits.includes(number));
  };
}
