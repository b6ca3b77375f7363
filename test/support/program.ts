import { existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { build } from "esbuild";
import { packageRoot } from "../../src/kernel/package-root.ts";

const folder = join(packageRoot, "node_modules/.cache/heed-test");
/** What runs as a process or thread of its own. */
const pieces = [
  "main",
  "cli",
  "modules/inbound/reading/read-thread",
  "modules/imports/rows/reading-thread",
];
let built: Promise<string> | undefined;

/**
 * The program that is tested as a process of its own, `main` or `cli`, in one
 * piece: a start then takes a fraction of what loading each source file takes.
 */
export async function program(name: "main" | "cli"): Promise<string> {
  // A folder for each process that tests: what another one runs is never rewritten.
  const outdir = join(folder, String(process.pid));
  built ??= bundle(outdir);
  return join(await built, `${name}.js`);
}

async function bundle(outdir: string): Promise<string> {
  mkdirSync(outdir, { recursive: true });
  // A test process is ended without a word: the next one takes away what the dead left.
  for (const pid of readdirSync(folder).filter((each) => !existsSync(`/proc/${each}`))) {
    if (existsSync("/proc/self")) rmSync(join(folder, pid), { recursive: true, force: true });
  }
  await build({
    entryPoints: pieces.map((piece) => ({
      in: join(packageRoot, "src", `${piece}.ts`),
      out: basename(piece),
    })),
    outdir,
    bundle: true,
    splitting: true,
    packages: "external",
    platform: "node",
    format: "esm",
    target: "node20",
    logLevel: "error",
  });
  return outdir;
}
