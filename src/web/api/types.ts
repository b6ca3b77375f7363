import type { paths } from "../api-types.ts";

type Json<T> = T extends { content: { "application/json": infer B } } ? B : never;
type Succeeded<R> = R extends { 200: infer A }
  ? A
  : R extends { 201: infer A }
    ? A
    : R extends { 202: infer A }
      ? A
      : never;

/** What an operation answers: `Answer<"/api/v1/jobs/{id}", "get">`. */
export type Answer<P extends keyof paths, M extends keyof paths[P]> = paths[P][M] extends {
  responses: infer R;
}
  ? Json<Succeeded<R>>
  : never;

/** What an operation takes. */
export type Body<P extends keyof paths, M extends keyof paths[P]> = paths[P][M] extends {
  requestBody?: infer B;
}
  ? Json<NonNullable<B>>
  : never;

/** The query of an operation. */
export type Query<P extends keyof paths, M extends keyof paths[P]> = paths[P][M] extends {
  parameters: { query?: infer Q };
}
  ? NonNullable<Q>
  : never;

/** One row of a list's answer. */
export type Item<P extends keyof paths> =
  Answer<P, "get" & keyof paths[P]> extends { items: (infer I)[] } ? I : never;

export type Me = Answer<"/api/v1/me", "get">;
export type Job = Answer<"/api/v1/jobs/{id}", "get">;
export type JobItem = Item<"/api/v1/jobs/{id}/items">;
export type LedgerEntry = Item<"/api/v1/ledger">;
export type Contact = Answer<"/api/v1/contacts/{id}", "get">;
export type ContactQuery = Query<"/api/v1/contacts", "get">;
export type ChannelSummary = Contact["sending_status"]["channels"][number];
export type List = Item<"/api/v1/lists">;
export type ListMember = Item<"/api/v1/lists/{id}/members">;
export type Selection = Body<"/api/v1/lists/{id}/members", "post">["selection"];
export type ChannelStatus = Answer<
  "/api/v1/contacts/{id}/sending-status",
  "get"
>["channels"][number];
export type Refusal = ChannelStatus["refusals"][number];
export type Channel = ChannelStatus["channel"];
export type StopRecord = Item<"/api/v1/contacts/{id}/stops">;
export type StopReceipt = Answer<"/api/v1/stops", "post">;
export type Suppression = Item<"/api/v1/suppressions">;
export type FollowUp = Item<"/api/v1/contacts/{id}/follow-ups">;
export type TimelineItem = Item<"/api/v1/contacts/{id}/timeline">;
export type Why = Answer<"/api/v1/contacts/{id}/why", "get">;
export type Consents = Answer<"/api/v1/contacts/{id}/consents", "get">;
export type SignUpForm = Item<"/api/v1/forms">;
export type Note = Item<"/api/v1/contacts/{id}/notes">;
export type Task = Item<"/api/v1/tasks">;
export type Appointment = Item<"/api/v1/appointments">;
export type Pipeline = Item<"/api/v1/pipelines">;
export type Opportunity = Item<"/api/v1/opportunities">;
export type Conversation = Item<"/api/v1/conversations">;
export type ConversationMessage = Item<"/api/v1/conversations/{id}/messages">;
export type ListExclusion = Item<"/api/v1/lists/{id}/exclusions">;
export type RemovalPreview = Answer<"/api/v1/deletions/preview", "post">;
export type Removal = Answer<"/api/v1/deletions", "post">;
export type Deletion = Item<"/api/v1/deletions">;
export type BinnedContact = Item<"/api/v1/bin">;
export type ErasureRequest = Item<"/api/v1/erasure-requests">;
export type RestorationPreview = Answer<"/api/v1/deletions/{id}/restoration-preview", "get">;
