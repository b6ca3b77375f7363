import type { Tx } from "../../../kernel/database/index.ts";
import { HeedError } from "../../../kernel/errors.ts";
import { type Actor, record } from "../../ledger/index.ts";
import { nameTaken } from "./create-account.ts";
import { readDkim } from "./dkim.ts";
import { newHookKey } from "./hook-key.ts";
import {
  type AccountFields,
  type AccountRow,
  findSink,
  isNameTaken,
  lockAccounts,
  setDefault,
  updateAccount,
} from "./queries.ts";
import { readSender } from "./read-sender.ts";
import { invalidFields, refuseUnlessSendable } from "./refuse.ts";
import { requireAccount } from "./require-account.ts";
import { usualPort } from "./rules.ts";
import type { AccountChanges } from "./schemas.ts";

/**
 * Changes what is named and leaves the rest. A stored password goes to no other
 * server than the one it was given for: a new host asks for it again.
 * @throws HeedError not_found, state_conflict, validation_failed, name_taken, …
 */
export async function changeAccount(
  tx: Tx,
  request: { accountId: string; changes: AccountChanges; actor: Actor },
): Promise<void> {
  const { changes } = request;
  await lockAccounts(tx);
  const before = await requireAccount(tx, request.accountId);
  if (before.archived_at) {
    throw new HeedError(
      "state_conflict",
      "This account is archived and no longer changes. Make a new one.",
    );
  }
  const after = await fieldsAfter(tx, before, changes);
  if (after.name !== before.name && (await isNameTaken(tx, after.name, before.id)))
    throw nameTaken();
  await updateAccount(tx, before.id, after);
  if (changes.is_default !== undefined && changes.is_default !== before.is_default) {
    await setDefault(
      tx,
      changes.is_default ? before.id : await sinkBeside(tx, before),
      before.channel,
    );
  }
  await record(tx, {
    act: "sending_account.changed",
    actor: request.actor,
    subjectId: before.id,
    // Names of fields alone: values may be secrets or name people.
    detail: { fields: Object.keys(changes).sort() },
  });
}

async function fieldsAfter(
  tx: Tx,
  before: AccountRow,
  changes: AccountChanges,
): Promise<AccountFields> {
  const { password, hook_secret, dkim: givenDkim, is_default: _, ...plain } = changes;
  const named = Object.fromEntries(
    Object.entries(plain).filter(([, value]) => value !== undefined),
  );
  const after: AccountFields = { ...before, ...named };
  if (after.provider === "smtp" && after.port === null) after.port = usualPort[after.security];
  if (after.provider !== "smtp") after.security = "none";
  if (changes.from_address !== undefined)
    after.from_address = readSender(after.channel, changes.from_address);
  if (after.provider !== "sink") after.hook_key ??= newHookKey();
  const elsewhere = after.host !== before.host || after.base_url !== before.base_url;
  if (before.password_sealed !== null && elsewhere && password === undefined) {
    throw invalidFields([
      {
        field: "password",
        problem:
          "must be given again with a new host or base_url, so that the stored one is never sent to another server",
      },
    ]);
  }
  if (password !== undefined)
    after.password_sealed = password === null ? null : tx.secrets.seal(password);
  if (hook_secret !== undefined)
    after.hook_secret_sealed = hook_secret === null ? null : tx.secrets.seal(hook_secret);
  refuseUnlessSendable({ ...after, hasPassword: after.password_sealed !== null });
  if (givenDkim !== undefined) {
    const dkim = givenDkim ? await readDkim(givenDkim) : null;
    after.dkim_domain = dkim?.domain ?? null;
    after.dkim_selector = dkim?.selector ?? null;
    after.dkim_key_sealed = dkim ? tx.secrets.seal(dkim.privateKey) : null;
  }
  return after;
}

/** Who becomes the default when this one no longer is: the sink, so that nothing leaves by accident. */
export async function sinkBeside(tx: Tx, account: AccountRow): Promise<string> {
  const sink = await findSink(tx, account.channel, account.id);
  if (sink) return sink;
  throw new HeedError(
    "state_conflict",
    "This is the last sink, and mail must have a place to go. Make another account the default first.",
  );
}
