import type { Command } from "commander";
import { flatCounts, importFile } from "../../modules/imports/index.ts";
import { operator, sealAll, verifyLedger } from "../../modules/ledger/index.ts";
import { makeDemo } from "../demo/index.ts";
import { anId, type Common, oneOf, runCommand } from "./run.ts";

interface ImportOptions extends Common {
  list?: string;
  mode: "update" | "fill" | "skip";
  country?: string;
  dryRun?: boolean;
}

/** `import`, `verify`, `demo`, `migrate`. */
export function addDataCommands(program: Command): void {
  program
    .command("import")
    .description("import a CSV file of contacts; columns are recognised by their header")
    .argument("<file>")
    .option("--dry-run", "count what would happen and change nothing")
    .option("--list <id>", "add every contact of the file to this list", anId)
    .option(
      "--mode <mode>",
      "what to do with contacts that are there: update, fill or skip",
      oneOf("update", "fill", "skip"),
      "update",
    )
    .option("--country <code>", "for phone numbers without a country, such as GB")
    .option("--json", "answer as JSON")
    .option("--workspace <id>", "which workspace, when there are several", anId)
    .addHelpText(
      "after",
      "\nExamples:\n  heed import people.csv --dry-run\n  heed import people.csv --mode fill\n\nNo column and no mode lifts a stop; columns that say unsubscribed, bounced or do-not-contact make one.\n",
    )
    .action((file: string, options: ImportOptions) =>
      runCommand(options, async ({ heed, workspaceId, print, say }) => {
        const stopping = new AbortController();
        process.once("SIGINT", () => stopping.abort());
        let shown = 0;
        const result = await importFile(heed.db, {
          workspaceId,
          actor: operator,
          path: file,
          mode: options.mode,
          listId: options.list ?? null,
          dryRun: options.dryRun ?? false,
          ...(options.country ? { defaultCountry: options.country } : {}),
          signal: stopping.signal,
          onProgress: ({ done }) => {
            if (done - shown >= 50_000) {
              shown = done;
              say(`${done} rows`);
            }
          },
        });
        print(
          Object.entries(flatCounts(result.counts))
            .map(([name, count]) => `${String(count).padStart(9)} ${name}`)
            .join("\n"),
          result,
        );
      }),
    );

  program
    .command("verify")
    .description("prove that no entry of the ledger was changed, removed or reordered")
    .option("--json", "answer as JSON")
    .option("--workspace <id>", "which workspace, when there are several", anId)
    .action((options: Common) =>
      runCommand(options, async ({ heed, workspaceId, print }) => {
        await sealAll(heed.db);
        const result = await verifyLedger(heed.db, workspaceId);
        const lines = result.problems.map((each) => `block ${each.block} ${each.problem}`);
        print(
          result.valid
            ? `The ledger is whole: ${result.entries} entries in ${result.blocks} blocks.`
            : `The ledger is NOT whole:\n${lines.join("\n")}`,
          result,
        );
        return result.valid;
      }),
    );

  program
    .command("demo")
    .description("fill an empty workspace with believable contacts, lists, campaigns and stops")
    .option("--json", "answer as JSON")
    .option("--workspace <id>", "which workspace, when there are several", anId)
    .action((options: Common) =>
      runCommand(options, async ({ heed, print, say }) => {
        await makeDemo(heed.db, { publicUrl: heed.config.publicUrl, say });
        print("The demo workspace is ready.", { ready: true });
      }),
    );

  program
    .command("migrate")
    .description("bring the database's schema up to date (starting does so too)")
    .option("--json", "answer as JSON")
    .action((options: Common) =>
      runCommand(options, async ({ print }) =>
        print("The schema is up to date.", { up_to_date: true }),
      ),
    );
}
