import { beginCampaign, setCampaignState } from "../../src/modules/campaigns/campaign-queries.ts";
import { createCampaign, createTemplate } from "../../src/modules/campaigns/index.ts";
import { operator } from "../../src/modules/ledger/index.ts";
import type { BenchDatabase } from "./database.ts";

export const subject = "A word about next year, {{ contact.first_name }}";

/** About 2.5 kB when sent, as an ordinary follow-up is. */
export const body = `Hello {{ contact.first_name | default: "there" }},

I read about {{ contact.company }} and wondered how you plan next year's deliveries. ${"Our customers tell us that the months before the season decide most of it, and that a short talk early saves a long one later. ".repeat(14)}

Kind regards
{{ sender.name }}

No more mail from us: {{ unsubscribe_url }}`;

/** A running campaign whose first step is queued for every contact of the workspace, due now. */
export async function queueForEverybody(
  bench: BenchDatabase,
  options: { accountId: string; listId: string; name: string },
): Promise<string> {
  const { workspaceId } = bench;
  const campaign = await bench.db.inWorkspace(workspaceId, async (tx) => {
    const template = await createTemplate(tx, {
      name: options.name,
      subject,
      format: "text",
      body,
      actor: operator,
    });
    const made = await createCampaign(tx, {
      campaign: {
        name: options.name,
        listIds: [options.listId],
        steps: [{ template_id: template.id, delay: "PT0S" }],
        accountId: options.accountId,
      },
      ownerId: null,
      actor: operator,
    });
    await beginCampaign(tx, made.id, [options.accountId]);
    await setCampaignState(tx, made.id, "running");
    return made;
  });
  await bench.owner(`
    SET session_replication_role = replica;
    INSERT INTO follow_up (workspace_id, id, campaign_id, contact_id) SELECT workspace_id, new_id(), '${campaign.id}', id FROM contact;
    INSERT INTO message (workspace_id, id, campaign_id, follow_up_id, contact_id, address, key, account_id)
      SELECT f.workspace_id, new_id(), f.campaign_id, f.id, c.id, c.email, c.email_key, '${options.accountId}'
      FROM follow_up f JOIN contact c ON c.workspace_id = f.workspace_id AND c.id = f.contact_id WHERE f.campaign_id = '${campaign.id}';
    INSERT INTO fence (workspace_id, subject) SELECT '${workspaceId}', id FROM contact ON CONFLICT DO NOTHING;
    INSERT INTO fence (workspace_id, subject) SELECT '${workspaceId}', email_key FROM contact ON CONFLICT DO NOTHING;
    INSERT INTO fence (workspace_id, subject) VALUES ('${workspaceId}', '${workspaceId}') ON CONFLICT DO NOTHING`);
  for (const table of ["follow_up", "message", "fence"])
    await bench.owner(`VACUUM (ANALYZE) ${table}`);
  return campaign.id;
}
