import type { Channel } from "../contacts/index.ts";

export type MessageState =
  | "queued"
  | "claimed"
  | "accepted"
  | "delivered"
  | "bounced"
  | "complained"
  | "failed"
  | "unknown"
  | "cancelled";

/** A message about to be queued. */
export interface NewMessage {
  id: string;
  campaign_id: string | null;
  follow_up_id: string | null;
  round: number;
  step: number;
  contact_id: string | null;
  preview_contact_id?: string | null;
  channel: Channel;
  topic_id: string | null;
  /** What the gate decided on: RCPT TO gets these bytes (S4). */
  address: string;
  key: string;
  account_id: string;
  due_at: Date;
}

/** What identifies a message to whoever follows its fate. */
export interface MessageRef {
  id: string;
  campaign_id: string | null;
  follow_up_id: string | null;
  round: number;
  step: number;
  contact_id: string | null;
  channel: Channel;
  key: string;
}

/** A message that this worker claimed: the gate said yes, and the fences it saw are on the row. */
export interface ClaimedMessage extends MessageRef {
  topic_id: string | null;
  preview_contact_id: string | null;
  address: string;
  /** Times it was claimed before, and how many of those met no server. */
  attempts: number;
  faults: number;
  fences: Fences;
}

/** Counters of the fences that a decision stood behind. */
export interface Fences {
  contact: number;
  key: number;
  workspace: number;
}
