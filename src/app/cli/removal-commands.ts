import type { Command } from "commander";
import { HeedError } from "../../kernel/errors.ts";
import { newId } from "../../kernel/ids.ts";
import { findJob, type Job, runJobs } from "../../kernel/jobs/index.ts";
import {
  findContactByAddress,
  keyOfAddress,
  type Selection,
  searchPatterns,
} from "../../modules/contacts/index.ts";
import { operator } from "../../modules/ledger/index.ts";
import {
  confirmDeletion,
  countBin,
  type OnConflict,
  operatorViewer,
  type Preview,
  pageOfBin,
  previewDeletion,
  purgeEarly,
  restoreOne,
  startRestoration,
} from "../../modules/removal/index.ts";
import { allJobs } from "../jobs.ts";
import type { Heed } from "../open.ts";
import { removalParts } from "../parts.ts";
import { anId, type Common, oneOf, runCommand } from "./run.ts";

interface DeleteOptions extends Common {
  list?: string;
  alsoList?: boolean;
  dryRun?: boolean;
  confirm?: string;
  suppress: boolean;
}

const by = { userId: null, apiKeyId: null };
const isId = (text: string) =>
  /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(text);

/** `delete`, `erase`, `restore`, `bin`: removing from the terminal of the server, with a preview first. */
export function addRemovalCommands(program: Command): void {
  addDeleting(program, {
    name: "delete",
    mode: "bin",
    says: "put contacts into the bin; they can be restored for a while",
    example:
      "heed delete ada@example.org --dry-run\n  heed delete ada@example.org --confirm DELETE\n  heed delete --list 0198… --also-list --confirm 5000",
  });
  addDeleting(program, {
    name: "erase",
    mode: "erase",
    says: "forget contacts for good, live or in the bin (GDPR Art. 17); prints the certificate's number",
    example: "heed erase ada@example.org --dry-run\n  heed erase ada@example.org --confirm DELETE",
  });

  program
    .command("restore")
    .description("bring a contact, or a whole deletion, back from the bin")
    .argument("<id>", "a contact's id, or with --deletion a deletion's", anId)
    .option("--deletion", "the id is a deletion's: everything of it comes back")
    .option(
      "--on-conflict <what>",
      "whose address another contact has by now: refuse or merge",
      oneOf("refuse", "merge"),
      "refuse",
    )
    .option("--json", "answer as JSON")
    .option("--workspace <id>", "which workspace, when there are several", anId)
    .addHelpText("after", "\nExamples:\n  heed bin --json\n  heed restore 0198… --deletion\n")
    .action((id: string, options: Common & { deletion?: boolean; onConflict: OnConflict }) =>
      runCommand(options, async ({ heed, workspaceId, print }) => {
        if (!options.deletion) {
          const outcome = await restoreOne(heed.db, removalParts, {
            workspaceId,
            contactId: id,
            onConflict: options.onConflict,
            by,
            now: new Date(),
          });
          print(`Restored: ${outcome.contact_id} (${outcome.outcome})`, outcome);
          return true;
        }
        const jobId = await heed.db.inWorkspace(workspaceId, (tx) =>
          startRestoration(tx, {
            deletionId: id,
            contactIds: null,
            onConflict: options.onConflict,
            by,
            actor: operator,
            now: new Date(),
          }),
        );
        const job = await finished(heed, workspaceId, jobId);
        print(counted("Restored", job), { job_id: jobId, counts: job.counts });
        return true;
      }),
    );

  program
    .command("bin")
    .description("what was deleted and until when it can be restored; --purge empties it early")
    .argument("[words]", "only contacts with these words in name, address or company")
    .option("--purge <deletion>", "purge what is in the bin by this deletion, for good", anId)
    .option("--confirm <word>", "DELETE, or the number of contacts, to purge")
    .option("--json", "answer as JSON")
    .option("--workspace <id>", "which workspace, when there are several", anId)
    .addHelpText("after", "\nExamples:\n  heed bin\n  heed bin --purge 0198… --confirm 5000\n")
    .action((words: string | undefined, options: Common & { purge?: string; confirm?: string }) =>
      runCommand(options, async ({ heed, workspaceId, print }) => {
        const { purge } = options;
        if (purge) {
          const jobId = await heed.db.inWorkspace(workspaceId, (tx) =>
            purgeEarly(tx, {
              deletionId: purge,
              contactIds: null,
              confirm: options.confirm ?? "",
              viewer: operatorViewer,
              by,
              actor: operator,
            }),
          );
          const job = await finished(heed, workspaceId, jobId);
          print(counted("Purged", job), { job_id: jobId, counts: job.counts });
          return;
        }
        const search = { patterns: searchPatterns(words ?? "") };
        await heed.db.inWorkspace(workspaceId, async (tx) => {
          const items = await pageOfBin(tx, operatorViewer, { ...search, limit: 200 });
          const count = await countBin(tx, operatorViewer, search);
          const lines = items.map(
            (each) =>
              `${each.id}  ${each.email ?? each.phone ?? `${each.first_name} ${each.last_name}`.trim()}  until ${each.restorable_until?.toISOString() ?? "-"}  (deletion ${each.deletion_id})`,
          );
          const more = count > items.length ? [`and ${count - items.length} more`] : [];
          print([...lines, ...more].join("\n") || "The bin is empty.", { count, items });
        });
      }),
    );
}

function addDeleting(
  program: Command,
  what: { name: string; mode: "bin" | "erase"; says: string; example: string },
): void {
  const command = program
    .command(what.name)
    .description(what.says)
    .argument("[who...]", "addresses, phone numbers or contacts' ids")
    .option("--list <id>", "every contact of this list", anId)
    .option("--dry-run", "show what would happen and delete nothing")
    .option("--confirm <word>", "DELETE for up to 10 contacts, else their number")
    .option("--no-suppress", "do not suppress the addresses of those ever written to")
    .option("--json", "answer as JSON")
    .option("--workspace <id>", "which workspace, when there are several", anId)
    .addHelpText("after", `\nExamples:\n  ${what.example}\n`);
  if (what.mode === "bin") command.option("--also-list", "the list goes as well");
  command.action((who: string[], options: DeleteOptions) =>
    runCommand(options, async ({ heed, workspaceId, print, say }) => {
      const now = new Date();
      const preview = await heed.db.inWorkspace(workspaceId, async (tx) => {
        const selection: Selection = options.list
          ? { list_id: options.list }
          : { ids: await Promise.all(who.map((each) => contactNamed(tx, each))) };
        if (!options.list && who.length === 0)
          throw new HeedError("bad_request", "Name contacts, or a list with --list.");
        return previewDeletion(tx, {
          selection,
          mode: what.mode,
          also: options.alsoList ? "list" : undefined,
          viewer: operatorViewer,
          by,
          now,
        });
      });
      if (options.dryRun || options.confirm === undefined) {
        const { token: _, ...shown } = preview;
        print(described(preview), shown);
        if (!options.dryRun) say(`nothing was done; add --confirm ${preview.confirm} to go on`);
        return options.dryRun === true;
      }
      const { confirm } = options;
      const confirmed = await heed.db.inWorkspace(workspaceId, (tx) =>
        confirmDeletion(tx, {
          token: preview.token,
          confirm,
          suppress: options.suppress,
          viewer: operatorViewer,
          by,
          actor: operator,
          now: new Date(),
        }),
      );
      if (confirmed.job_id === null) {
        print(`Waits for approval: ${confirmed.deletion_id}`, confirmed);
        return true;
      }
      const job = await finished(heed, workspaceId, confirmed.job_id);
      print(`${counted("Removed", job)} (deletion ${confirmed.deletion_id})`, {
        ...confirmed,
        state: job.state,
        counts: job.counts,
      });
      return true;
    }),
  );
}

async function contactNamed(
  tx: Parameters<typeof findContactByAddress>[0],
  who: string,
): Promise<string> {
  if (isId(who)) return who.toLowerCase();
  const channel = who.includes("@") ? "email" : "sms";
  const found = await findContactByAddress(tx, channel, keyOfAddress(tx.secrets, channel, who).key);
  if (!found)
    throw new HeedError(
      "not_found",
      `No contact has ${who}. Those in the bin are named by their id.`,
    );
  return found;
}

/** Waits for the job: a running Heed does it, or this command itself where none is. */
async function finished(heed: Heed, workspaceId: string, jobId: string): Promise<Job> {
  const runner = await runJobs({
    db: heed.db,
    processId: newId(),
    kinds: allJobs(heed),
    concurrency: 1,
  });
  try {
    for (;;) {
      const job = await heed.db.inWorkspace(workspaceId, (tx) => findJob(tx, jobId));
      if (job.error) throw new HeedError(job.error.code, job.error.message);
      if (job.finished_at) return job;
      await new Promise((wake) => setTimeout(wake, 100));
    }
  } finally {
    await runner.stop();
  }
}

function counted(what: string, job: Job): string {
  const counts = Object.entries(job.counts).map(([name, count]) => `${count} ${name}`);
  return `${what}: ${counts.join(", ") || "nothing"}`;
}

/** The preview as lines: who, what goes, what stays. */
function described(preview: Preview): string {
  const linked = Object.entries(preview.linked).filter(([, count]) => count > 0);
  return [
    `${preview.count} contacts go:`,
    ...preview.people.map((each) =>
      `  ${each.id}  ${each.first_name} ${each.last_name}  ${each.email ?? ""}  ${each.phone ?? ""}`.trimEnd(),
    ),
    ...(preview.count > preview.people.length
      ? [`  and ${preview.count - preview.people.length} more`]
      : []),
    ...linked.map(([kind, count]) => `  with ${count} ${kind.replaceAll("_", " ")}`),
    `${preview.opportunities_that_go} opportunities go with their only contact, ${preview.follow_ups_that_end} follow-ups end, ${preview.stops_kept} stops stay in force`,
    ...preview.blocked_counts.map((each) => `${each.count} stay: ${each.code}. ${each.way_out}`),
    preview.restorable_until
      ? `can be restored until ${preview.restorable_until.toISOString()}`
      : "cannot be restored",
    ...(preview.approval_needed ? ["needs another person's approval"] : []),
  ].join("\n");
}
