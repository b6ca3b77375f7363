import type { Tx } from "../../../kernel/database/index.ts";
import { HeedError } from "../../../kernel/errors.ts";
import { newId } from "../../../kernel/ids.ts";
import { type Actor, record } from "../../ledger/index.ts";
import { readDkim } from "./dkim.ts";
import { insertAccount, lockAccounts, setDefault } from "./queries.ts";
import { refuseUnlessSendable } from "./refuse.ts";
import { usualPort } from "./rules.ts";
import type { NewAccount } from "./schemas.ts";

const channel = "email";

/**
 * Adds a sending account; its secrets are sealed before they reach the database.
 * @throws HeedError validation_failed, name_taken, header_injection, address_invalid, dkim_…
 */
export async function createAccount(
  tx: Tx,
  request: { account: NewAccount; actor: Actor },
): Promise<string> {
  const { password, dkim: givenDkim, is_default, ...given } = request.account;
  const settings =
    given.provider === "smtp"
      ? { ...given, port: given.port ?? usualPort[given.security] }
      : { ...given, security: "none" as const };
  refuseUnlessSendable({ ...settings, hasPassword: password !== null });
  const dkim = givenDkim ? await readDkim(givenDkim) : null;
  const id = newId();
  const added = await insertAccount(tx, {
    ...settings,
    id,
    channel,
    password_sealed: password === null ? null : tx.secrets.seal(password),
    dkim_domain: dkim?.domain ?? null,
    dkim_selector: dkim?.selector ?? null,
    dkim_key_sealed: dkim ? tx.secrets.seal(dkim.privateKey) : null,
  });
  if (!added) throw nameTaken();
  if (is_default) {
    await lockAccounts(tx);
    await setDefault(tx, id, channel);
  }
  await record(tx, {
    act: "sending_account.created",
    actor: request.actor,
    subjectId: id,
    detail: { provider: given.provider, is_default },
  });
  return id;
}

export function nameTaken(): HeedError {
  return new HeedError(
    "name_taken",
    "A sending account with this name is there already. Choose another name.",
  );
}
