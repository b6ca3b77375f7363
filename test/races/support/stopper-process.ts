import { closeDatabase, type Installation, openDatabase } from "./open-database.ts";
import { type StopperPlan, startStopper } from "./stopper.ts";

/** A stopper in a process of its own: says `ready`; told to `stop`, it answers with its report. */
async function main(): Promise<void> {
  const { installation, plan } = JSON.parse(process.argv[2] ?? "{}") as {
    installation: Installation;
    plan: StopperPlan;
  };
  const db = openDatabase(installation);
  const stopper = startStopper(db, plan);
  process.on("message", () => {
    void (async () => {
      const report = await stopper.end();
      await closeDatabase(db);
      const text = JSON.stringify(report, (_, value) =>
        typeof value === "bigint" ? `${value}n` : value,
      );
      process.send?.(text, () => process.exit(0));
    })();
  });
  process.on("disconnect", () => process.exit(1));
  process.send?.("ready");
}

void main();
