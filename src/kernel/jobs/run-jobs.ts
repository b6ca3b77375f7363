import { EventEmitter } from "node:events";
import { hostname } from "node:os";
import { type Runner, run, type WorkerEvents } from "graphile-worker";
import { sql } from "kysely";
import type { Database } from "../database/index.ts";
import { isHeedError, messageOf } from "../errors.ts";
import { findJob } from "./job.ts";
import type { JobKinds } from "./kinds.ts";

/** How often a process shows that it lives, and after how long it counts as dead (ms). */
export const heartbeat = { every: 5_000, deadAfter: 30_000 };

export interface JobRunner {
  stop(): Promise<void>;
}

/** Runs queued jobs until stopped; takes back the jobs of processes that died. */
export async function runJobs(options: {
  db: Database;
  processId: string;
  kinds: JobKinds;
  concurrency?: number;
}): Promise<JobRunner> {
  const { db, processId } = options;
  await db.asSystem((tx) =>
    sql`INSERT INTO worker_process (id, host, pid) VALUES (${processId}, ${hostname()}, ${process.pid})`.execute(
      tx,
    ),
  );
  await takeBackFromTheDead(db);
  // Its queue workers begin within run(), so whoever wants to know them listens before.
  const events: WorkerEvents = new EventEmitter();
  const queueWorkers = new Set<string>();
  const beat = () =>
    db
      .asSystem((tx) =>
        // Made again where it is gone: a process that was suspended for a while counted as dead.
        sql`
          INSERT INTO worker_process (id, host, pid, queue_workers)
          VALUES (${processId}, ${hostname()}, ${process.pid}, ${[...queueWorkers]}::text[])
          ON CONFLICT (id) DO UPDATE SET seen_at = now(), queue_workers = excluded.queue_workers`.execute(
          tx,
        ),
      )
      .catch((error) => db.log.warn({ err: messageOf(error) }, "heartbeat failed"));
  // The queue locks a job in the name of the pool or of the worker, by its version.
  events.on("pool:create", ({ workerPool }) => {
    queueWorkers.add(workerPool.id);
    void beat();
  });
  events.on("worker:create", ({ worker }) => {
    queueWorkers.add(worker.workerId);
    void beat();
  });
  const runner: Runner = await run({
    events,
    pgPool: db.pool,
    concurrency: options.concurrency ?? 2,
    noHandleSignals: true,
    pollInterval: 1_000,
    logger: quietLogger(db),
    taskList: {
      job: async (payload, { job: queued }) => {
        const { workspace_id, job_id } = payload as { workspace_id: string; job_id: string };
        const isLastTry = queued.attempts >= queued.max_attempts;
        await runOne(db, options.kinds, { workspaceId: workspace_id, jobId: job_id, isLastTry });
      },
    },
  });
  const timer = setInterval(() => {
    void beat()
      .then(() => takeBackFromTheDead(db))
      .catch((error) =>
        db.log.warn({ err: messageOf(error) }, "could not take back the jobs of dead processes"),
      );
  }, heartbeat.every);
  return {
    async stop() {
      clearInterval(timer);
      await runner.stop();
      await db.asSystem((tx) =>
        sql`DELETE FROM worker_process WHERE id = ${processId}`.execute(tx),
      );
    },
  };
}

async function runOne(
  db: Database,
  kinds: JobKinds,
  { workspaceId, jobId, isLastTry }: { workspaceId: string; jobId: string; isLastTry: boolean },
): Promise<void> {
  const job = await db.inWorkspace(workspaceId, async (tx) => {
    await sql`
      UPDATE job SET state = 'running', started_at = coalesce(started_at, now()), progressed_at = clock_timestamp()
      WHERE id = ${jobId} AND state IN ('queued', 'running')`.execute(tx);
    return findJob(tx, jobId);
  });
  if (job.state !== "running") return;
  const end = (state: "finished" | "cancelled" | "failed", error: unknown = null) =>
    db.inWorkspace(workspaceId, (tx) =>
      sql`
        UPDATE job SET state = ${state}, finished_at = now(), error = ${error === null ? null : JSON.stringify(error)}::jsonb
        WHERE id = ${jobId} AND state = 'running'`.execute(tx),
    );
  const kind = kinds[job.kind];
  if (!kind) {
    await end("failed", {
      code: "job_unknown",
      message: `This version of Heed has no job "${job.kind}".`,
    });
    return;
  }
  try {
    await kind.run({ db, workspaceId, job });
    await end("finished");
  } catch (error) {
    if (!isHeedError(error)) {
      if (!isLastTry) throw error; // a fault of the moment: the queue tries again with back-off
      db.log.error({ err: messageOf(error), job: jobId, kind: job.kind }, "a job was given up");
      await end("failed", {
        code: "job_given_up",
        message:
          "It met the same fault again and again and was given up. What it did before stands; the server's log says more. Ask for it again to do the rest.",
      });
    } else if (error.code === "job_cancelled") await end("cancelled");
    else await end("failed", { code: error.code, message: error.message });
  }
}

/** Unlocks the queue jobs of processes that have not been seen for a while. */
async function takeBackFromTheDead(db: Database): Promise<void> {
  const dead = await db.asSystem(async (tx) => {
    const { rows } = await sql<{ id: string; queue_workers: string[] }>`
      DELETE FROM worker_process WHERE seen_at < now() - make_interval(secs => ${heartbeat.deadAfter / 1000})
      RETURNING id, queue_workers`.execute(tx);
    return rows;
  });
  const workers = dead.flatMap((each) => each.queue_workers);
  if (workers.length > 0) {
    await db.pool.query("SELECT graphile_worker.force_unlock_workers($1::text[])", [workers]);
    db.log.info({ processes: dead.length }, "took back the jobs of processes that died");
  }
}

function quietLogger(db: Database) {
  return new (class {
    scope() {
      return this;
    }
    error(message: string) {
      db.log.error({ from_queue: true }, message);
    }
    warn(message: string) {
      db.log.warn({ from_queue: true }, message);
    }
    info() {}
    debug() {}
  })() as never;
}
