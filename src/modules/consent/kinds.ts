import type { Channel } from "../contacts/index.ts";

export type StopKind =
  | "deactivation"
  | "unsubscribe"
  | "do_not_contact"
  | "do_not_disturb"
  | "suppression"
  | "quarantine";

/** What led to a stop. Two stops of one kind and scope but different causes both stand. */
export type StopCause =
  | "user"
  | "api"
  | "manual"
  | "import"
  | "link"
  | "one_click"
  | "form"
  | "preference_page"
  | "organisation"
  | "reply"
  | "hard_bounce"
  | "complaint"
  | "soft_bounces"
  | "invalid_address"
  | "deletion"
  | "erasure";

export type SubjectType = "contact" | "address" | "domain";
export type Direction = "outbound" | "both";

/** What a kind of stop is bound to (product.md, Kinds of stop). */
export const boundTo: Readonly<Record<StopKind, readonly SubjectType[]>> = {
  deactivation: ["contact"],
  do_not_contact: ["contact"],
  do_not_disturb: ["contact"],
  unsubscribe: ["address"],
  suppression: ["address", "domain"],
  quarantine: ["address"],
};

/** A stop as it was recorded; lifts stand beside it. */
export interface Stop {
  id: string;
  kind: StopKind;
  cause: StopCause;
  subject_type: SubjectType;
  subject: string;
  channel: Channel | null;
  topic_id: string | null;
  campaign_id: string | null;
  direction: Direction;
  actor_type: string;
  actor_id: string | null;
  made_at: Date;
}
