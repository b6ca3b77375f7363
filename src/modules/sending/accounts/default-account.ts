import type { Tx } from "../../../kernel/database/index.ts";
import type { Channel } from "../../contacts/index.ts";
import { createSink } from "./create-sink.ts";
import { type DefaultAccount, selectDefault } from "./queries.ts";

/**
 * The channel's default account; where none is set, the sink, so that nothing leaves by
 * accident. A channel that is used for the first time gets its sink here.
 */
export async function defaultAccount(
  tx: Tx,
  channel: Channel,
): Promise<DefaultAccount | undefined> {
  const found = await selectDefault(tx, channel);
  if (found || channel === "email" || channel === "call") return found;
  await createSink(tx, channel);
  return selectDefault(tx, channel);
}
