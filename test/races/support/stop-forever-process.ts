import { newId } from "../../../src/kernel/ids.ts";
import { makeStop } from "../../../src/modules/consent/index.ts";
import { system } from "../../../src/modules/ledger/index.ts";
import { type Installation, openDatabase } from "./open-database.ts";

/** Makes stops one after the other in a few loops, and reports each once it is acknowledged. It is there to be killed. */
async function main(): Promise<void> {
  const { installation, workspaceId } = JSON.parse(process.argv[2] ?? "{}") as {
    installation: Installation;
    workspaceId: string;
  };
  const db = openDatabase(installation);
  process.on("disconnect", () => process.exit(1));
  const loop = async () => {
    for (;;) {
      const subject = { key: newId(), channel: "email" } as const;
      const { stop } = await db.inWorkspace(workspaceId, (tx) =>
        makeStop(tx, { kind: "unsubscribe", subject, cause: "one_click", actor: system }),
      );
      process.send?.({ acknowledged: stop.id });
    }
  };
  await Promise.all(Array.from({ length: 6 }, loop));
}

void main();
