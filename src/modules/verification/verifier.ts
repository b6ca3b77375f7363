import type { Resolver } from "node:dns/promises";
import type { Database } from "../../kernel/database/index.ts";
import { messageOf } from "../../kernel/errors.ts";
import { listWorkspaceIds, workspacePolicy } from "../access/index.ts";
import { firstIdAt } from "../contacts/index.ts";
import { contactsAfter, contactsToTryAgain, findProgress, saveProgress } from "./queries.ts";
import { verifyCandidates } from "./verify.ts";

const everyMs = 5_000;
const atOnce = 200;
const day = 86_400_000;
/** Whoever was added this short a while ago (ms) may stand in a transaction that is not seen yet. */
const settleMs = 5_000;

/** Looks at new addresses, and again at those that gave no answer. Nobody waits for it. */
export function startVerifier(db: Database, resolver: Resolver): { stop(): Promise<void> } {
  let stopping = false;
  let wake = () => {};
  const loop = (async () => {
    while (!stopping) {
      try {
        for (const workspaceId of await db.asSystem(listWorkspaceIds)) {
          let more = true;
          while (more && !stopping)
            more = await verifyDue(db, workspaceId, { resolver, now: new Date() });
        }
      } catch (error) {
        db.log.error({ err: messageOf(error) }, "could not verify addresses; trying again");
      }
      if (stopping) break;
      await new Promise<void>((done) => {
        const timer = setTimeout(done, everyMs);
        wake = () => {
          clearTimeout(timer);
          done();
        };
      });
    }
  })();
  return {
    async stop() {
      stopping = true;
      wake();
      await loop;
    },
  };
}

/** One batch of a workspace, where its policy says so. True when there may be more. */
export async function verifyDue(
  db: Database,
  workspaceId: string,
  request: { resolver: Resolver | null; now: Date },
): Promise<boolean> {
  const due = await db.inWorkspace(workspaceId, async (tx) => {
    if (!(await workspacePolicy(tx)).verify_addresses) return null;
    const progress = (await findProgress(tx)) ?? { after: null, began_at: request.now };
    const before = firstIdAt(new Date(request.now.getTime() - settleMs));
    const next = await contactsAfter(tx, progress.after, before, atOnce);
    const again = await contactsToTryAgain(tx, atOnce);
    return { progress, next, again };
  });
  if (due === null) return false;
  const { progress, next, again } = due;
  await verifyCandidates(db, workspaceId, [...next, ...again], request);
  const over = next.length < atOnce && request.now.getTime() - progress.began_at.getTime() > day;
  await db.inWorkspace(workspaceId, (tx) =>
    saveProgress(tx, {
      after: over ? null : (next.at(-1)?.id ?? progress.after),
      beganAt: over ? request.now : progress.began_at,
    }),
  );
  return next.length === atOnce;
}
