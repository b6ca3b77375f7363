import type { Tx } from "../../kernel/database/index.ts";
import { HeedError } from "../../kernel/errors.ts";
import { stepOfCode } from "./one-time-code.ts";
import { selectSecondFactor, spendStep } from "./user-queries.ts";

/** Whether a code fits the user's second factor. It is spent by that: the same code fits once (RFC 6238, 5.2). */
export async function codeFits(tx: Tx, userId: string, code: string, now: Date): Promise<boolean> {
  const { sealed } = await selectSecondFactor(tx, userId);
  if (sealed === null) return false;
  const step = stepOfCode(tx.secrets.open(sealed), code, now);
  return step !== null && (await spendStep(tx, userId, step));
}

/** `sign_in_failed` to who signs in; `wrong_code` to who is signed in and stays so. */
export function wrongCode(code: "sign_in_failed" | "wrong_code" = "wrong_code"): HeedError {
  return new HeedError(
    code,
    "This code does not fit or was used before. Wait for the next one; if none fits, set the phone's clock by the network.",
  );
}

export function codeNeeded(): HeedError {
  return new HeedError("second_factor_needed", "Enter the code that your authenticator shows.");
}
