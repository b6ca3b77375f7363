import { hash, verify } from "@node-rs/argon2";
import { HeedError } from "../../kernel/errors.ts";

export const leastPasswordLength = 10;
const mostPasswordLength = 1000;

// The same letters typed on two keyboards may come composed or decomposed.
const canonical = (password: string) => password.normalize("NFC");

/** Hashes a new password (Argon2id, OWASP's parameters). @throws HeedError password_too_short, password_too_long */
export async function hashPassword(password: string): Promise<string> {
  const length = [...password].length;
  if (length < leastPasswordLength) {
    throw new HeedError(
      "password_too_short",
      `A password needs at least ${leastPasswordLength} characters; this one has ${length}. Several words in a row are easy to remember.`,
    );
  }
  if (length > mostPasswordLength) {
    throw new HeedError(
      "password_too_long",
      `A password has at most ${mostPasswordLength} characters.`,
    );
  }
  return hash(canonical(password));
}

let nobodysHash: Promise<string> | undefined;

/** Checks a password. Without a hash it is false after as long a time, so that its duration tells no stranger who has an account. */
export async function passwordFits(
  passwordHash: string | null,
  password: string,
): Promise<boolean> {
  nobodysHash ??= hash("the password of nobody");
  const fits = await verify(
    passwordHash ?? (await nobodysHash),
    canonical(password.slice(0, 2 * mostPasswordLength)),
  );
  return fits && passwordHash !== null;
}
