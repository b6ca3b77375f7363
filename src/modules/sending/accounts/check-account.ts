import type { Database } from "../../../kernel/database/index.ts";
import { HeedError } from "../../../kernel/errors.ts";
import type { SendingAccount } from "../account.ts";
import { openAccount } from "../account-queries.ts";
import { adviseOn } from "./advice.ts";

/** What came of connecting and signing in; `response` is the server's or system's own words, secrets taken out. */
export type CheckResult = { ok: true } | { ok: false; code: string; response: string };

/** Connects with an account's settings, signs in and hangs up; sends nothing. App gives it. */
export type CheckAccount = (account: SendingAccount) => Promise<CheckResult>;

export interface Finding {
  ok: boolean;
  code: string | null;
  message: string;
}

/** Tries an account's settings against its server, outside any transaction. */
export async function tryAccount(
  db: Database,
  request: { workspaceId: string; accountId: string; check: CheckAccount },
): Promise<Finding> {
  const account = await db.inWorkspace(request.workspaceId, (tx) =>
    openAccount(tx, request.accountId),
  );
  if (!account) throw new HeedError("not_found", "There is no such sending account.");
  if (account.provider === "sink") {
    return { ok: true, code: null, message: "The sink keeps every message here; nothing leaves." };
  }
  const result = await request.check(account);
  if (result.ok) {
    if (account.provider !== "smtp")
      return { ok: true, code: null, message: `${account.provider} took the key.` };
    const signedIn = account.username ? " and signed in" : "";
    return {
      ok: true,
      code: null,
      message: `Connected to ${account.host}:${account.port}${signedIn}.`,
    };
  }
  return { ok: false, code: result.code, message: adviseOn(result, account) };
}
