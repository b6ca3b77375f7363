import type { Command } from "commander";
import { HeedError } from "../../kernel/errors.ts";
import { suppressEverywhere, unsuppressEverywhere } from "../../modules/consent/index.ts";
import { type Common, runOnInstallation } from "./run.ts";

interface Everywhere extends Common {
  everywhere?: boolean;
  because: string;
  authorization: string;
}

/** `suppress`, `unsuppress`: what the operator stops in every workspace of the installation. */
export function addOrganisationCommands(program: Command): void {
  program
    .command("suppress")
    .description("suppress an address or a domain in every workspace, also in later ones")
    .argument("<who>", "an email address, a phone number, or @domain")
    .option("--everywhere", "in every workspace; for one workspace use: heed stop")
    .option("--because <text>", "why, for the record", "")
    .option("--json", "answer as JSON")
    .addHelpText(
      "after",
      "\nExamples:\n  heed suppress --everywhere ada@example.org --because 'court order 12/2026'\n  heed suppress --everywhere @example.org\n",
    )
    .action((who: string, options: Everywhere) =>
      runOnInstallation(options, async ({ heed, print }) => {
        requireEverywhere(options, "heed stop");
        const done = await suppressEverywhere(heed.db, { who, because: options.because });
        const added = done.filter((each) => each.added).length;
        const cancelled = done.reduce((sum, each) => sum + each.cancelledMessages, 0);
        const underWay = done.flatMap((each) => each.underWay);
        print(
          `Suppressed in ${done.length} workspaces (${done.length - added} had it already) and in every later one.\n` +
            `${cancelled} queued messages cancelled, ${underWay.length} already being handed over`,
          { workspaces: done.length, added, cancelled_messages: cancelled, under_way: underWay },
        );
      }),
    );

  program
    .command("unsuppress")
    .description("take back what was suppressed in every workspace; other stops stay")
    .argument("<who>", "as it was suppressed")
    .option("--everywhere", "in every workspace; for one workspace use: heed lift")
    .requiredOption("--authorization <text>", "who authorised it and how")
    .option("--json", "answer as JSON")
    .addHelpText(
      "after",
      "\nExample:\n  heed unsuppress --everywhere ada@example.org --authorization 'order lifted, letter of 3 May'\n",
    )
    .action((who: string, options: Everywhere) =>
      runOnInstallation(options, async ({ heed, print }) => {
        requireEverywhere(options, "heed lift");
        const { authorization } = options;
        const lifted = await unsuppressEverywhere(heed.db, { who, authorization });
        print(`Lifted in ${lifted} workspaces.`, { lifted });
      }),
    );
}

function requireEverywhere(options: Everywhere, instead: string): void {
  if (options.everywhere) return;
  throw new HeedError(
    "which_workspace",
    `Say --everywhere: this acts on every workspace. For one workspace use: ${instead}`,
  );
}
