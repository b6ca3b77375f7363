import { createHash, timingSafeEqual } from "node:crypto";
import type { BounceClass, HookRequest } from "../modules/inbound/events/contract.ts";

/** Compares in constant time. Unequal lengths are unequal, and tell no more than that. */
export function sameText(a: string, b: string): boolean {
  // Digests are of one length whatever is compared.
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}

/** A header's one value, or null; given twice it is none, because one of them may be forged. */
export function headerOf(request: HookRequest, name: string): string | null {
  const value = request.headers[name];
  return typeof value === "string" ? value : null;
}

/** Clocks differ; nobody signs further ahead than this. */
const aheadMs = 5 * 60_000;

/** Whether a signature's time is not more than `mostMs` ago, nor in the future. */
export function isTimely(at: number, now: Date, mostMs: number): boolean {
  return Number.isFinite(at) && at <= now.getTime() + aheadMs && at >= now.getTime() - mostMs;
}

/** An id for an event whose provider gives it none: equal for equal parts, and naming nobody. */
export function idOf(...parts: readonly unknown[]): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("base64url").slice(0, 32);
}

/**
 * The class of a mail bounce by its enhanced status (RFC 3463), where that says it; else
 * what the provider called it. Most 5xx refusals are about the sender: only these say that the mailbox
 * or its domain is not there.
 */
export function bounceOf(status: string, called: BounceClass): BounceClass {
  if (/^5\.1\.(1|2|3|6|10)$/.test(status)) return "hard";
  if (/^5\.7\.\d+$/.test(status)) return "policy";
  if (/^4\.\d+\.\d+$/.test(status) || status === "5.2.2" || status === "5.2.3") return "soft";
  return called;
}

/** The enhanced status in a reply such as `550 5.1.1 no such user`, or "". */
export function statusIn(reply: string): string {
  return /(?:^|[\s;-])([245]\.\d{1,3}\.\d{1,3})(?=$|[\s;:-])/.exec(reply)?.[1] ?? "";
}

const ownId = /([0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12})/i;

/** Heed's id of a message in what a provider gives back: the id itself or a Message-ID made of it. */
export function ownIdIn(value: unknown): string | null {
  return typeof value === "string" ? (ownId.exec(value)?.[1]?.toLowerCase() ?? null) : null;
}

export type Json = Readonly<Record<string, unknown>>;

export function object(value: unknown): Json {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Json)
    : {};
}

export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function text(value: unknown): string {
  if (typeof value === "string") return value;
  return typeof value === "number" || typeof value === "boolean" ? String(value) : "";
}

/** A time as RFC 3339 or in seconds since 1970; `otherwise` when it is none. */
export function timeOf(value: unknown, otherwise: Date): Date {
  const at = new Date(typeof value === "number" ? value * 1000 : text(value));
  return Number.isNaN(at.getTime()) ? otherwise : at;
}
