// Writes src/web/api-types.ts, the UI's view of the API, from openapi.json.
//   node tools/api-types.mjs            writes it
//   node tools/api-types.mjs --check    fails when the file is stale
//   node tools/api-types.mjs --from F   reads another document
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const args = process.argv.slice(2);
const from = args.includes("--from") ? args[args.indexOf("--from") + 1] : undefined;
const source = resolve(from ?? join(root, "openapi.json"));
const target = join(root, "src/web/api-types.ts");
// It needs TypeScript 5's compiler API, so it lives in a workspace of its own.
const generator = join(root, "tools/openapi/node_modules/openapi-typescript/bin/cli.js");

function stop(message) {
  console.error(message);
  process.exit(1);
}

if (!existsSync(source))
  stop(`${source} is not there. Write it first: it is generated from the server's routes.`);
if (!existsSync(generator))
  stop("openapi-typescript is not installed. Run npm ci in the project's folder.");

const folder = mkdtempSync(join(tmpdir(), "heed-api-types-"));
let generated;
try {
  const output = join(folder, "api-types.ts");
  execFileSync(process.execPath, [generator, source, "--output", output], {
    stdio: ["ignore", "ignore", "inherit"],
  });
  generated = readFileSync(output, "utf8");
} catch {
  stop("openapi-typescript could not read the document; its message is above.");
} finally {
  rmSync(folder, { recursive: true, force: true });
}

const current = existsSync(target) ? readFileSync(target, "utf8") : "";
if (current === generated) {
  console.log("src/web/api-types.ts is up to date.");
} else if (args.includes("--check")) {
  stop("src/web/api-types.ts is stale. Run: node tools/api-types.mjs");
} else {
  writeFileSync(target, generated);
  console.log("Wrote src/web/api-types.ts.");
}
