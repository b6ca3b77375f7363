import type { Tx } from "../../../kernel/database/index.ts";
import { newId } from "../../../kernel/ids.ts";
import type { Channel } from "../../contacts/index.ts";
import { record, system } from "../../ledger/index.ts";
import { findSink, insertAccount, lockAccounts, selectDefault, setDefault } from "./queries.ts";

const names = {
  email: "Sink",
  sms: "SMS sink",
  whatsapp: "WhatsApp sink",
  call: "Call sink",
} as const;

/** Gives the workspace a channel's sink, the default until an account is set. One that is there stays as it is. */
export async function createSink(tx: Tx, channel: Channel = "email"): Promise<void> {
  await lockAccounts(tx);
  if (await findSink(tx, channel, null)) return;
  const id = newId();
  const added = await insertAccount(tx, {
    id,
    channel,
    name: names[channel],
    provider: "sink",
    from_name: "Heed",
    // RFC 2606: belongs to nobody
    from_address: channel === "email" ? "heed@sink.invalid" : "Heed",
    reply_to: null,
    host: null,
    port: null,
    security: "none",
    username: null,
    password_sealed: null,
    base_url: null,
    settings: {},
    hook_key: null,
    hook_secret_sealed: null,
    dkim_domain: null,
    dkim_selector: null,
    dkim_key_sealed: null,
    connections: 5,
    per_second: null,
    per_day: null,
  });
  if (!added) return;
  // An account that was made the default before keeps being it.
  if ((await selectDefault(tx, channel))?.id === id) await setDefault(tx, id, channel);
  await record(tx, {
    act: "sending_account.created",
    actor: system,
    subjectId: id,
    detail: { provider: "sink" },
  });
}
