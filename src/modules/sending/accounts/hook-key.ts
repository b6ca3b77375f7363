import { randomBytes } from "node:crypto";

/** What names an account in its webhook's address: nobody guesses it, and nothing is proved by it. */
export function newHookKey(): string {
  return randomBytes(18).toString("base64url");
}
