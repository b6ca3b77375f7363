import type { Command } from "commander";
import { HeedError } from "../../kernel/errors.ts";
import { createSignInLink, createUser, findUserByEmail } from "../../modules/access/index.ts";
import { anId, type Common, runCommand } from "./run.ts";

/** `user add` and `user link`. */
export function addPeopleCommands(program: Command): void {
  const user = program.command("user").description("people who use this installation");
  user
    .command("add")
    .description("add a person and print their one-time sign-in link")
    .argument("<email>")
    .requiredOption("--name <name>", "as others see it")
    .option("--role <role>", "the role's name", "Salesperson")
    .option("--json", "answer as JSON")
    .option("--workspace <id>", "which workspace, when there are several", anId)
    .addHelpText(
      "after",
      "\nExample:\n  heed user add grace@example.org --name 'Grace Hopper' --role 'Marketing Manager'\n",
    )
    .action((email: string, options: Common & { name: string; role: string }) =>
      runCommand(options, async ({ heed, workspaceId, print }) => {
        const { id, token } = await heed.db.inWorkspace(workspaceId, async (tx) => {
          const created = await createUser(tx, {
            email,
            name: options.name,
            role: { name: options.role },
            by: null,
          });
          const link = await createSignInLink(tx, {
            userId: created.id,
            minutes: 24 * 60,
            by: null,
          });
          return { id: created.id, token: link.token };
        });
        const url = `${heed.config.publicUrl}/sign-in?token=${token}`;
        print(`Added ${email} (${options.role}). Sign in once, within 24 hours: ${url}`, {
          id,
          sign_in_url: url,
        });
      }),
    );
  user
    .command("link")
    .description("print a new one-time sign-in link, valid for one hour")
    .argument("<email>")
    .option("--json", "answer as JSON")
    .option("--workspace <id>", "which workspace, when there are several", anId)
    .action((email: string, options: Common) =>
      runCommand(options, async ({ heed, workspaceId, print }) => {
        const token = await heed.db.inWorkspace(workspaceId, async (tx) => {
          const found = await findUserByEmail(tx, email);
          if (!found) throw new HeedError("not_found", `Nobody here has the address ${email}.`);
          return (await createSignInLink(tx, { userId: found.id, minutes: 60, by: null })).token;
        });
        const url = `${heed.config.publicUrl}/sign-in?token=${token}`;
        print(url, { sign_in_url: url });
      }),
    );
}
