import type { Item } from "../../../api/types.ts";

export type Mailbox = Item<"/api/v1/mailboxes">;
