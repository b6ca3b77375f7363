import type { Body, Item } from "../../../api/types.ts";

export type Account = Item<"/api/v1/sending-accounts">;
export type NewAccount = Body<"/api/v1/sending-accounts", "post">;
export type AccountChanges = Body<"/api/v1/sending-accounts/{id}", "patch">;
