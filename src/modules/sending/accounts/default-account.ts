import type { Tx } from "../../../kernel/database/index.ts";
import type { Channel } from "../../contacts/index.ts";
import { type DefaultAccount, selectDefault } from "./queries.ts";

/** The channel's default account; where none is set, the sink, so that nothing leaves by accident. */
export function defaultAccount(tx: Tx, channel: Channel): Promise<DefaultAccount | undefined> {
  return selectDefault(tx, channel);
}
