import type { Command } from "commander";
import type { Tx } from "../../kernel/database/index.ts";
import { HeedError } from "../../kernel/errors.ts";
import {
  findJob,
  type Job,
  type JobKinds,
  listJobs,
  pace,
  requestCancellation,
  undoing,
  undoJob,
} from "../../kernel/jobs/index.ts";
import { findUsers } from "../../modules/access/index.ts";
import { exportContacts } from "../../modules/contacts/index.ts";
import { allJobs } from "../jobs.ts";
import { anId, type Common, runCommand } from "./run.ts";

interface JobOptions extends Common {
  cancel?: boolean;
  undo?: boolean;
  limit: string;
}

/** `jobs` and `export`. */
export function addJobCommands(program: Command): void {
  program
    .command("jobs")
    .description("bulk operations: list them, look at one, cancel it, or undo all that it did")
    .argument("[id]", "a job's id; left out, the latest are listed", anId)
    .option("--cancel", "stop it at its next item boundary")
    .option("--undo", "take back what it did, as a job of its own")
    .option("--limit <count>", "how many to list", "20")
    .option("--json", "answer as JSON")
    .option("--workspace <id>", "which workspace, when there are several", anId)
    .addHelpText(
      "after",
      "\nExamples:\n  heed jobs\n  heed jobs 0198… --cancel\n  heed jobs 0198… --undo --json\n\nJobs are worked off by a running Heed.\n",
    )
    .action((jobId: string | undefined, options: JobOptions) =>
      runCommand(options, async ({ heed, workspaceId, print }) => {
        const kinds = allJobs(heed);
        if (!jobId && (options.cancel || options.undo)) {
          throw new HeedError("which_job", "Name the job: heed jobs ID --cancel or --undo.");
        }
        const said = await heed.db.inWorkspace(workspaceId, async (tx) => {
          if (!jobId) {
            const limit = Math.min(200, Math.max(1, Number(options.limit) || 20));
            return describeAll(tx, kinds, await listJobs(tx, { limit }));
          }
          if (options.undo) {
            const undoneBy = await undoJob(tx, { jobId, kinds, caller: null, now: new Date() });
            return describeAll(tx, kinds, [await findJob(tx, undoneBy)]);
          }
          const job = options.cancel
            ? await requestCancellation(tx, jobId)
            : await findJob(tx, jobId);
          return describeAll(tx, kinds, [job]);
        });
        const shown = jobId ? said[0] : { items: said };
        print(said.length > 0 ? said.map(lineOf).join("\n") : "No jobs yet.", shown);
      }),
    );

  program
    .command("export")
    .description("write contacts to standard output as CSV")
    .option("--q <words>", "only those found by these words")
    .option("--list <id>", "only members of this list", anId)
    .option("--json", "errors as JSON; the data stays CSV")
    .option("--workspace <id>", "which workspace, when there are several", anId)
    .addHelpText(
      "after",
      "\nExamples:\n  heed export > contacts.csv\n  heed export --q 'byron' --list 0198…\n",
    )
    .action((options: Common & { q?: string; list?: string }) =>
      runCommand(options, async ({ heed, workspaceId }) => {
        const csv = await exportContacts(heed.db, {
          workspaceId,
          caller: null,
          selection: {
            filter: {
              ...(options.q ? { q: options.q } : {}),
              ...(options.list ? { list_id: options.list } : {}),
            },
          },
        });
        for await (const piece of csv) {
          if (!process.stdout.write(piece)) {
            await new Promise((drained) => process.stdout.once("drain", drained));
          }
        }
      }),
    );
}

async function describeAll(tx: Tx, kinds: JobKinds, jobs: readonly Job[]) {
  const users = await findUsers(
    tx,
    jobs.flatMap((job) => job.requested_by ?? []),
  );
  const names = new Map(users.map((user) => [user.id, user.name]));
  const described = [];
  for (const job of jobs) {
    const undo = await undoing(tx, job, kinds, null, new Date());
    described.push({
      id: job.id,
      kind: job.kind,
      title: kinds[job.kind]?.title(job) ?? job.kind,
      state: job.state,
      done: job.done,
      total: job.total,
      ...pace(job),
      counts: job.counts,
      error: job.error,
      cancel_requested: job.cancel_requested_at !== null,
      requested_by_name: names.get(job.requested_by ?? "") ?? null,
      undo,
      created_at: job.created_at,
    });
  }
  return described;
}

function lineOf(job: Awaited<ReturnType<typeof describeAll>>[number]): string {
  const of = job.total === null ? "" : ` of ${job.total}`;
  const left = job.seconds_left === null ? "" : `, about ${job.seconds_left} s left`;
  const by = job.requested_by_name ? `, asked by ${job.requested_by_name}` : "";
  const counts = Object.entries(job.counts).map(([name, count]) => `${count} ${name}`);
  const error = job.error ? `\n    ${job.error.message}` : "";
  return `${job.id}  ${job.state.padEnd(9)} ${job.title}: ${job.done}${of}${left}${by}${counts.length > 0 ? `\n    ${counts.join(", ")}` : ""}${error}`;
}
