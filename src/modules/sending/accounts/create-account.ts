import type { Tx } from "../../../kernel/database/index.ts";
import { HeedError } from "../../../kernel/errors.ts";
import { newId } from "../../../kernel/ids.ts";
import { type Actor, record } from "../../ledger/index.ts";
import { readDkim } from "./dkim.ts";
import { newHookKey } from "./hook-key.ts";
import { insertAccount, lockAccounts, setDefault } from "./queries.ts";
import { readSender } from "./read-sender.ts";
import { refuseUnlessSendable } from "./refuse.ts";
import { usualPort } from "./rules.ts";
import type { NewAccount } from "./schemas.ts";

/**
 * Adds a sending account; its secrets are sealed before they reach the database.
 * @throws HeedError validation_failed, name_taken, header_injection, address_invalid, dkim_…
 */
export async function createAccount(
  tx: Tx,
  request: { account: NewAccount; actor: Actor },
): Promise<string> {
  const { password, hook_secret, dkim: givenDkim, is_default, ...given } = request.account;
  const settings = {
    ...given,
    from_address: readSender(given.channel, given.from_address),
    ...(given.provider === "smtp"
      ? { port: given.port ?? usualPort[given.security] }
      : { security: "none" as const }),
  };
  refuseUnlessSendable({ ...settings, hasPassword: password !== null });
  const dkim = givenDkim ? await readDkim(givenDkim) : null;
  const id = newId();
  const added = await insertAccount(tx, {
    ...settings,
    id,
    password_sealed: password === null ? null : tx.secrets.seal(password),
    hook_key: given.provider === "sink" ? null : newHookKey(),
    hook_secret_sealed: hook_secret === null ? null : tx.secrets.seal(hook_secret),
    dkim_domain: dkim?.domain ?? null,
    dkim_selector: dkim?.selector ?? null,
    dkim_key_sealed: dkim ? tx.secrets.seal(dkim.privateKey) : null,
  });
  if (!added) throw nameTaken();
  if (is_default) {
    await lockAccounts(tx);
    await setDefault(tx, id, given.channel);
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
