import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describeApi } from "../src/app/describe-api.ts";
import { packageRoot } from "../src/kernel/package-root.ts";

/** Writes openapi.json from the routes; with --check it changes nothing and exits 1 when the file is stale. */
const file = join(packageRoot, "openapi.json");
const text = `${JSON.stringify(await describeApi(), null, 2)}\n`;
if (process.argv.includes("--check")) {
  if (readFileSync(file, "utf8") !== text) {
    process.stderr.write("openapi.json is stale. Run: npm run api\n");
    process.exitCode = 1;
  }
} else {
  writeFileSync(file, text);
}
