import { Command } from "commander";
import { addDataCommands } from "./app/cli/data-commands.ts";
import { addInboundCommands } from "./app/cli/inbound-commands.ts";
import { addJobCommands } from "./app/cli/job-commands.ts";
import { addOrganisationCommands } from "./app/cli/organisation-commands.ts";
import { addPeopleCommands } from "./app/cli/people-commands.ts";
import { addRemovalCommands } from "./app/cli/removal-commands.ts";
import { addStopCommands } from "./app/cli/stop-commands.ts";

const program = new Command("heed")
  .description(
    "Contacts, campaigns and stops from a terminal. Data goes to standard output, messages to standard error.",
  )
  .showHelpAfterError("(heed --help shows the commands)");

addStopCommands(program);
addOrganisationCommands(program);
addInboundCommands(program);
addDataCommands(program);
addPeopleCommands(program);
addJobCommands(program);
addRemovalCommands(program);

program
  .command("start")
  .description("start Heed (the same as bin/start)")
  .option("--demo", "with a believable demo workspace")
  .option("--roles <roles>", "web, worker or both with a comma")
  .action(async (options: { demo?: boolean; roles?: string }) => {
    process.argv.splice(
      2,
      process.argv.length,
      ...(options.demo ? ["--demo"] : []),
      ...(options.roles ? [`--roles=${options.roles}`] : []),
    );
    await import("./main.ts");
  });

await program.parseAsync();
