import type { Body, Item } from "../../api/types.ts";

export type InboundMessage = Item<"/api/v1/inbox">;
export type Deed = InboundMessage["did"][number];
export type Recipient = InboundMessage["recipients"][number];
export type Meaning = NonNullable<Body<"/api/v1/inbox/{id}/classification", "post">>["meaning"];

/** What a reply can mean, each with the key that says so. */
export const meaningKeys: readonly (readonly [Meaning, string])[] = [
  ["unsubscribe", "u"],
  ["stop", "s"],
  ["not_interested", "n"],
  ["not_now", "w"],
  ["out_of_office", "a"],
  ["left", "l"],
  ["retired", "r"],
  ["moved", "v"],
  ["referred", "f"],
  ["agreed_to_meet", "m"],
  ["wants_information", "i"],
  ["support_auto_response", "b"],
  ["other", "e"],
];
