/**
 * Claim, gate and mark alone, without rendering or a wire: messages a second.
 *
 *   node --import tsx bench/claims.ts [messages = 100000] [workers = 4] [batch = 200]
 */
import { newId } from "../src/kernel/ids.ts";
import { claimNext } from "../src/modules/sending/claim.ts";
import type { Position } from "../src/modules/sending/claim-queries.ts";
import { defaultAccount } from "../src/modules/sending/index.ts";
import { queueForEverybody } from "./support/campaign.ts";
import { fillContacts, openBench } from "./support/database.ts";
import { line, perSecond, timed } from "./support/measure.ts";

const messages = Number(process.argv[2] ?? 100_000);
const workers = Number(process.argv[3] ?? 4);
const batch = Number(process.argv[4] ?? 200);

const bench = await openBench();
const listId = await fillContacts(bench, messages);
await bench.owner(`
  INSERT INTO standing_stop (workspace_id, stop_id, subject, subject_type, kind, cause, made_at)
  SELECT workspace_id, gen_random_uuid(), id, 'contact', 'deactivation', 'user', now() FROM contact WHERE right(id::text, 1) IN ('0', '1', '2')`);
await bench.owner("VACUUM (ANALYZE) standing_stop");
const account = await bench.db.inWorkspace(bench.workspaceId, (tx) => defaultAccount(tx, "email"));
if (!account) throw new Error("the workspace has no account");
const accountId = account.id;
await queueForEverybody(bench, { accountId, listId, name: "Claims" });

let claimed = 0;
const elapsed = await timed(() =>
  Promise.all(
    Array.from({ length: workers }, async () => {
      const workerId = newId();
      let after: Position | null = null;
      for (let more = true; more; ) {
        const got: Awaited<ReturnType<typeof claimNext>> = await bench.db.inWorkspacePrepared(
          bench.workspaceId,
          (tx) => claimNext(tx, { accountId, workerId, limit: batch, after }),
        );
        claimed += got.claimed.length;
        after = got.ended;
        more = got.movedOn;
      }
    }),
  ),
);
line(
  `${messages.toLocaleString("en")} messages, ${workers} workers, batches of ${batch}`,
  `${claimed.toLocaleString("en")} claimed, the rest refused`,
);
line("claim, gate and mark", perSecond((messages / elapsed) * 1000));
await bench.close();
