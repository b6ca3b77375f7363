import { z } from "zod";
import type { Tx } from "../../../kernel/database/index.ts";
import { id, rfc3339, rfc3339OrNull, time } from "../../../kernel/http/index.ts";
import type { Viewer } from "../../contacts/index.ts";
import { presentContactRef } from "../contact-ref.ts";
import { contactRefSchema, day } from "../fields.ts";
import { stageKindSchema } from "../pipelines/present.ts";
import { contactsOf, type Opportunity } from "./queries.ts";
import { requireOpportunity } from "./require-opportunity.ts";

export const opportunitySchema = z.object({
  id,
  title: z.string(),
  amount: z.number().nullable(),
  currency: z.string(),
  pipeline_id: id,
  stage: z.object({ id, name: z.string(), kind: stageKindSchema }),
  owner_id: id.nullable(),
  expected_close: day.nullable(),
  closed_at: time.nullable(),
  contacts: z
    .array(contactRefSchema.extend({ primary: z.boolean() }))
    .describe("Those whom you may see, the primary one first"),
  created_at: time,
  updated_at: time,
});
type Presented = z.input<typeof opportunitySchema>;

/** Opportunities as the API shows them to this viewer, in the order given. */
export async function presentOpportunities(
  tx: Tx,
  viewer: Viewer,
  opportunities: readonly Opportunity[],
): Promise<Presented[]> {
  const contacts = await contactsOf(
    tx,
    viewer,
    opportunities.map((each) => each.id),
  );
  return opportunities.map((each) => ({
    id: each.id,
    title: each.title,
    amount: each.amount,
    currency: each.currency,
    pipeline_id: each.pipeline_id,
    stage: { id: each.stage_id, name: each.stage_name, kind: each.stage_kind },
    owner_id: each.owner_id,
    expected_close: each.expected_close,
    closed_at: rfc3339OrNull(each.closed_at),
    contacts: contacts
      .filter((contact) => contact.opportunity_id === each.id)
      .map((contact) => ({ ...presentContactRef(contact), primary: contact.is_primary })),
    created_at: rfc3339(each.created_at),
    updated_at: rfc3339(each.updated_at),
  }));
}

/** One opportunity, or `not_found`. */
export async function presentOpportunity(
  tx: Tx,
  viewer: Viewer,
  opportunityId: string,
): Promise<Presented> {
  const found = await requireOpportunity(tx, viewer, opportunityId);
  const [presented] = await presentOpportunities(tx, viewer, [found]);
  return presented as Presented;
}
