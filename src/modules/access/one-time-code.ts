import { Secret, TOTP } from "otpauth";

const period = 30;

/** A new secret for a phone's authenticator, in base32 (RFC 6238: SHA-1, 6 digits, 30 s). */
export function newTotpSecret(): string {
  return new Secret({ size: 20 }).base32;
}

/** The address that an authenticator reads from a QR code. */
export function otpauthUri(secret: string, email: string): string {
  return totp(secret, email).toString();
}

/**
 * The step that a code belongs to, one before or after the present one included
 * for clocks that differ; null when it fits none.
 */
export function stepOfCode(secret: string, code: string, now: Date): number | null {
  const token = code.replace(/\s/g, "");
  if (!/^\d{6}$/.test(token)) return null;
  const delta = totp(secret, "").validate({ token, window: 1, timestamp: now.getTime() });
  return delta === null ? null : Math.floor(now.getTime() / 1000 / period) + delta;
}

function totp(secret: string, label: string): TOTP {
  return new TOTP({
    issuer: "Heed",
    label: label || "user",
    secret: Secret.fromBase32(secret),
    period,
  });
}
