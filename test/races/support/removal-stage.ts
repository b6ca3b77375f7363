import { sql } from "kysely";
import { reactions } from "../../../src/app/reactions.ts";
import type { Database, Tx } from "../../../src/kernel/database/index.ts";
import { newId } from "../../../src/kernel/ids.ts";
import { findJob } from "../../../src/kernel/jobs/index.ts";
import { operator } from "../../../src/modules/ledger/index.ts";
import {
  confirmDeletion,
  operatorViewer,
  type Performer,
  previewDeletion,
  runDeletion,
  runPurge,
  runRestoration,
} from "../../../src/modules/removal/index.ts";
import { buildContactRow } from "../../builders/contact-row.ts";
import { openDatabase } from "./open-database.ts";
import { type Stage, setStage } from "./stage.ts";

export const byOperator: Performer = { userId: null, apiKeyId: null };

/** A stage whose acts have all their consequences, as in the program itself. */
export function setRemovalStage(): Promise<Stage> {
  return setStage({ smtpPort: 25, reactions, inMemory: true });
}

/** A list of people with something of every kind hanging on them. Answers the list's id and theirs. */
export async function furnish(
  stage: Stage,
  count: number,
): Promise<{ listId: string; ids: string[] }> {
  return stage.db.inWorkspace(stage.workspaceId, async (tx) => {
    const [listId, campaignId, pipelineId, stageId] = [newId(), newId(), newId(), newId()];
    await sql`INSERT INTO list (workspace_id, id, name) VALUES (${tx.workspaceId}, ${listId}, ${listId})`.execute(
      tx,
    );
    await sql`INSERT INTO campaign (workspace_id, id, name) VALUES (${tx.workspaceId}, ${campaignId}, ${campaignId})`.execute(
      tx,
    );
    await sql`INSERT INTO pipeline (workspace_id, id, name) VALUES (${tx.workspaceId}, ${pipelineId}, ${pipelineId})`.execute(
      tx,
    );
    await sql`INSERT INTO pipeline_stage (workspace_id, id, pipeline_id, name, position) VALUES (${tx.workspaceId}, ${stageId}, ${pipelineId}, 'New', 0)`.execute(
      tx,
    );
    const ids: string[] = [];
    for (let n = 0; n < count; n++) {
      ids.push(
        await buildContactRow(tx, {
          email: `p${n}.${listId}@people.example`,
          further: [{ channel: "email", value: `q${n}.${listId}@people.example` }],
        }),
      );
    }
    const each = sql`unnest(${ids}::uuid[]) WITH ORDINALITY AS p (id, n)`;
    await sql`INSERT INTO list_member (workspace_id, list_id, contact_id) SELECT ${tx.workspaceId}, ${listId}, id FROM ${each}`.execute(
      tx,
    );
    await sql`INSERT INTO note (workspace_id, id, contact_id, text) SELECT ${tx.workspaceId}, new_id(), id, 'rang' FROM ${each}`.execute(
      tx,
    );
    await sql`INSERT INTO task (workspace_id, id, contact_id, title) SELECT ${tx.workspaceId}, new_id(), id, 'call' FROM ${each}`.execute(
      tx,
    );
    await sql`INSERT INTO conversation (workspace_id, id, contact_id, channel, last_at) SELECT ${tx.workspaceId}, new_id(), id, 'email', now() FROM ${each}`.execute(
      tx,
    );
    await sql`INSERT INTO follow_up (workspace_id, id, campaign_id, contact_id, state) SELECT ${tx.workspaceId}, new_id(), ${campaignId}, id, 'paused' FROM ${each}`.execute(
      tx,
    );
    // Neighbours share an opportunity; it goes when both are gone.
    await sql`INSERT INTO opportunity (workspace_id, id, title, stage_id, position) SELECT ${tx.workspaceId}, id, 'deal', ${stageId}, n FROM ${each} WHERE n % 2 = 1`.execute(
      tx,
    );
    await sql`
      INSERT INTO opportunity_contact (workspace_id, opportunity_id, contact_id)
      SELECT ${tx.workspaceId}, (${ids}::uuid[])[2 * ((n + 1) / 2) - 1], id FROM ${each}`.execute(
      tx,
    );
    return { listId, ids };
  });
}

const compared = [
  "contact",
  "contact_address",
  "list_member",
  "list_exclusion",
  "note",
  "task",
  "conversation",
  "opportunity",
  "opportunity_contact",
  "follow_up",
];

/** Every row that hangs on somebody, as text, without when a row was touched last. */
export async function everything(tx: Tx): Promise<string[]> {
  const rows: string[] = [];
  for (const table of compared) {
    const found = await sql<{ row: string }>`
      SELECT ${table} || (to_jsonb(t) - 'updated_at' - 'because')::text AS row FROM ${sql.table(table)} t`.execute(
      tx,
    );
    rows.push(...found.rows.map((each) => each.row));
  }
  return rows.sort();
}

/** A confirmed deletion (or clearing) of a list, ready to run. */
export async function confirmed(
  stage: Pick<Stage, "db" | "workspaceId">,
  listId: string,
  mode: "bin" | "clear" = "bin",
  by: Performer = byOperator,
  suppress = true,
): Promise<{ deletionId: string; jobId: string }> {
  return stage.db.inWorkspace(stage.workspaceId, async (tx) => {
    const common = { viewer: operatorViewer, by, now: new Date() };
    const preview = await previewDeletion(tx, { ...common, selection: { list_id: listId }, mode });
    const answer = await confirmDeletion(tx, {
      ...common,
      token: preview.token,
      confirm: preview.confirm,
      suppress,
      actor: operator,
    });
    return { deletionId: answer.deletion_id, jobId: answer.job_id as string };
  });
}

/** Does a job of removing as its runner would, a few contacts a batch. */
export async function work(db: Database, workspaceId: string, jobId: string): Promise<void> {
  const job = await db.inWorkspace(workspaceId, (tx) => findJob(tx, jobId));
  const batchSize = 6;
  if (job.kind === "removal.restore") await runRestoration(db, {}, { workspaceId, job, batchSize });
  else if (job.kind === "removal.purge") await runPurge(db, { workspaceId, job, batchSize });
  else
    await runDeletion(db, {
      workspaceId,
      deletionId: String(job.payload.deletion_id),
      jobId,
      dataDir: "/nowhere",
      batchSize,
    });
}

/**
 * The same by a process that dies after so many statements: its connection breaks before the
 * statement reaches the database, or right after it was sent, and nothing in its memory is left.
 * Answers whether it came to the end alive.
 */
export async function workUntilKilled(
  stage: Stage,
  jobId: string,
  death: { after: number; sent: boolean },
): Promise<boolean> {
  const db = openDatabase({ ...stage.installation, poolSize: 2 }, reactions);
  let left = death.after;
  db.pool.on("connect", (client) => {
    const query = client.query.bind(client) as (...args: unknown[]) => unknown;
    const { stream } = (client as unknown as { connection: { stream: { destroy(): void } } })
      .connection;
    Object.assign(client, {
      query(...args: unknown[]) {
        const dies = --left < 0;
        if (dies && !death.sent) stream.destroy();
        const answer = query(...args);
        if (dies && death.sent) setImmediate(() => stream.destroy());
        return answer;
      },
    });
  });
  try {
    await work(db, stage.workspaceId, jobId);
    return true;
  } catch (error) {
    if (left >= 0) throw error;
    return false;
  } finally {
    await db.close();
    await db.files.close();
  }
}
