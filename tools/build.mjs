// Builds the server to dist/ and the web UI to dist/web, each only when what it
// is made from changed since its last build.
//   node tools/build.mjs [--force] [--server] [--web]
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const args = new Set(process.argv.slice(2));
const force = args.has("--force");
const only = ["--server", "--web"].filter((part) => args.has(part));

/** Every file under `path`, as paths from the root. */
function filesUnder(path) {
  const full = join(root, path);
  if (!existsSync(full)) return [];
  if (statSync(full).isFile()) return [path];
  return readdirSync(full, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)));
}

/** What a part is made from: a deleted or older file counts as a change, which comparing times alone misses. */
function sourcesOf(part) {
  return part.sources
    .flatMap(filesUnder)
    .filter((file) => part.takes(file))
    .sort()
    .map((file) => {
      const { mtimeMs, size } = statSync(join(root, file));
      return `${file} ${Math.round(mtimeMs)} ${size}`;
    });
}

function run(command, ...rest) {
  execFileSync(process.execPath, [join(root, command), ...rest], { cwd: root, stdio: "inherit" });
}

const parts = [
  {
    flag: "--server",
    name: "server",
    sources: ["src", "test", "bench", "tools", "tsconfig.json", "package-lock.json"],
    takes: (file) =>
      !file.startsWith("src/web/") && !file.includes("node_modules") && /\.(ts|json)$/.test(file),
    output: "dist/src/main.js",
    build(removed) {
      // tsc leaves the output of deleted sources behind.
      if (removed || force) {
        for (const folder of ["src", ".tsbuildinfo"]) {
          rmSync(join(root, "dist", folder), { recursive: true, force: true });
        }
      }
      run("node_modules/typescript/bin/tsc", "-p", "tsconfig.build.json");
    },
  },
  {
    flag: "--web",
    name: "web",
    sources: ["src/web", "vite.config.ts", "package-lock.json"],
    takes: () => true,
    output: "dist/web/index.html",
    build() {
      // Built beside and put in place at once: a server that runs meanwhile never sees half of it.
      const fresh = join(root, "dist", `web.new-${process.pid}`);
      const old = `${fresh}.old`;
      try {
        run(
          "node_modules/vite/bin/vite.js",
          "build",
          "--logLevel",
          "warn",
          "--outDir",
          fresh,
          "--emptyOutDir",
        );
        if (existsSync(join(root, "dist/web"))) renameSync(join(root, "dist/web"), old);
        renameSync(fresh, join(root, "dist/web"));
      } finally {
        for (const folder of [fresh, old]) rmSync(folder, { recursive: true, force: true });
      }
    },
  },
];

for (const part of parts) {
  if (only.length > 0 && !only.includes(part.flag)) continue;
  const stamp = join(root, "dist", `.built-${part.name}`);
  const sources = sourcesOf(part);
  const digest = createHash("sha256").update(sources.join("\n")).digest("hex");
  const [before, list] = existsSync(stamp) ? readFileSync(stamp, "utf8").split("\n\n") : ["", ""];
  if (!force && before === digest && existsSync(join(root, part.output))) continue;
  const now = new Set(sources.map((line) => line.split(" ")[0]));
  const removed = (list ?? "").split("\n").some((file) => file !== "" && !now.has(file));
  const began = Date.now();
  rmSync(stamp, { force: true });
  try {
    part.build(removed);
  } catch {
    console.error(`The ${part.name} does not build; the messages are above.`);
    process.exit(1);
  }
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, `${digest}\n\n${[...now].join("\n")}`);
  console.log(`Built the ${part.name} in ${((Date.now() - began) / 1000).toFixed(1)} s.`);
}
