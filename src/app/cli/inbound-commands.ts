import type { Command } from "commander";
import { HeedError } from "../../kernel/errors.ts";
import { largestMessage, receiveMail } from "../../modules/inbound/index.ts";
import { anId, type Common, runCommand } from "./run.ts";

/** `inbound`: a message that came in some other way, from standard input. */
export function addInboundCommands(program: Command): void {
  program
    .command("inbound")
    .description("take an incoming mail from standard input: keep, understand, act")
    .option("--json", "answer as JSON")
    .option("--workspace <id>", "which workspace, when there are several", anId)
    .addHelpText(
      "after",
      '\nExamples:\n  heed inbound < message.eml\n  In /etc/aliases:  replies: "|/opt/heed/bin/heed inbound"\n',
    )
    .action((options: Common) =>
      runCommand(options, async ({ heed, workspaceId, print }) => {
        const raw = await readInput();
        const taken = await heed.db.inWorkspace(workspaceId, (tx) =>
          receiveMail(tx, heed.reader, raw, "cli"),
        );
        const said = taken.meaning ? `${taken.kind} (${taken.meaning})` : taken.kind;
        const did = taken.did.map((deed) => `  ${deed.what}${deed.kind ? ` ${deed.kind}` : ""}`);
        print(
          [
            `${taken.repeated ? "Taken before: " : ""}${said}, understood as ${taken.understood_as}`,
            `  because: ${taken.because}`,
            ...did,
          ].join("\n"),
          taken,
        );
      }),
    );
}

async function readInput(): Promise<Buffer> {
  if (process.stdin.isTTY) {
    throw new HeedError(
      "no_input",
      "Give the message on standard input, as in: heed inbound < message.eml",
    );
  }
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of process.stdin) {
    pieces.push(piece as Buffer);
    size += (piece as Buffer).length;
    if (size > largestMessage) {
      throw new HeedError("file_too_large", "An incoming message may have at most 50 MB.");
    }
  }
  return Buffer.concat(pieces);
}
