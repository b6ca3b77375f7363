import { createHmac } from "node:crypto";
import type { Secrets } from "../../../kernel/secrets.ts";
import type { EmailAddress } from "./index.ts";

/** All of the secrets that making keys needs, and all that a thread that makes them is given. */
export type KeySecret = Pick<Secrets, "permanentKey">;
export const keyPurpose = "address";

/**
 * A key stands for an address without revealing it: the first 128 bits of
 * HMAC-SHA-256 over the folded address under the installation's permanent
 * secret, written as a UUID because that is PostgreSQL's cheapest 16 bytes. The
 * channel is not in it: a stop names its channel beside the key.
 */
function keyOf(secrets: KeySecret, text: string): string {
  const hex = createHmac("sha256", secrets.permanentKey(keyPurpose)).update(text).digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`;
}

/** The key of a mail address: equal for every spelling that reaches the same mailbox. */
export function emailKey(secrets: KeySecret, email: EmailAddress): string {
  return keyOf(secrets, `mailto:${email.folded}`);
}

/** The key of a phone number in E.164. */
export function phoneKey(secrets: KeySecret, e164: string): string {
  return keyOf(secrets, `tel:${e164}`);
}

/** The key of a mail domain (A-label, lower case). */
export function domainKey(secrets: KeySecret, domain: string): string {
  return keyOf(secrets, `domain:${domain}`);
}
