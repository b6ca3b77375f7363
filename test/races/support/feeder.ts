import { newId } from "../../../src/kernel/ids.ts";
import { queueMessages } from "../../../src/modules/sending/index.ts";
import { messageTo, type Stage } from "./stage.ts";

/** Keeps a few messages queued for every contact, so that each claim races with whoever stops it. */
export function startFeeder(
  stage: Stage,
  plan: { perContact: number; campaignId: string; topicId: string },
): { queued(): number; end(): Promise<void> } {
  let ending = false;
  let queued = 0;
  const loop = (async () => {
    while (!ending) {
      const { rows } = await stage.db.pool.query<{
        id: string;
        email: string;
        email_key: string;
        waiting: number;
      }>(
        `SELECT c.id, c.email, c.email_key, count(m.id)::int AS waiting FROM contact c
         LEFT JOIN message m ON m.workspace_id = c.workspace_id AND m.contact_id = c.id AND m.state = 'queued'
         WHERE c.workspace_id = $1 GROUP BY c.workspace_id, c.id`,
        [stage.workspaceId],
      );
      const messages = rows.flatMap((contact) =>
        Array.from({ length: Math.max(0, plan.perContact - contact.waiting) }, () => {
          queued++;
          return messageTo(stage, contact, {
            campaign_id: Math.random() < 0.7 ? plan.campaignId : newId(),
            topic_id: Math.random() < 0.7 ? plan.topicId : null,
            // Spread, so that the next claim mixes contacts.
            due_at: new Date(Date.now() - Math.random() * 500),
          });
        }),
      );
      await stage.db.inWorkspace(stage.workspaceId, (tx) => queueMessages(tx, messages));
      await new Promise((wake) => setTimeout(wake, 15));
    }
  })();
  loop.catch(() => {});
  return {
    queued: () => queued,
    async end() {
      ending = true;
      await loop;
    },
  };
}
