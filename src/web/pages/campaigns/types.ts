import type { Answer, Body, Item } from "../../api/types.ts";

export type Campaign = Answer<"/api/v1/campaigns/{id}", "get">;
export type CampaignState = Campaign["state"];
export type CampaignChange = Body<"/api/v1/campaigns/{id}", "patch">;
export type Step = Campaign["steps"][number];
export type SendingWindow = NonNullable<Campaign["sending_window"]>;
export type Audience = Answer<"/api/v1/campaigns/{id}/audience", "get">;
export type Results = Answer<"/api/v1/campaigns/{id}/results", "get">;
/** What the event stream tells: everything but the hours. */
export type LiveResults = Omit<Results, "by_hour">;
export type Prospect = Item<"/api/v1/campaigns/{id}/prospects">;
export type FollowUpState = NonNullable<Prospect["follow_up"]>["state"];

export const figureNames = [
  "queued",
  "sent",
  "delivered",
  "replied",
  "unsubscribed",
  "bounced",
  "complained",
  "failed",
  "unknown",
  "cancelled",
] as const;
export type FigureName = (typeof figureNames)[number];

export const followUpStates = [
  "active",
  "paused",
  "finished",
  "replied",
  "stopped",
  "removed",
] as const;
