/**
 * Import of contacts as `heed import FILE` does it, from CSV to searchable, beside a raw COPY of
 * the same rows into an unindexed table in the same run.
 *
 *   node --import tsx bench/import.ts 100000 1000000
 *
 * The server is an embedded one of the bench's own; each size gets an empty database. With
 * BENCH_SERVER=postgres://… it uses that server instead.
 */

import { once } from "node:events";
import {
  createReadStream,
  createWriteStream,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
} from "node:fs";
import { availableParallelism, cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import pg from "pg";
import { from as copyFrom } from "pg-copy-streams";
import { startEmbedded } from "../src/kernel/database/embedded/index.ts";
import { Database } from "../src/kernel/database/index.ts";
import { DurableFiles } from "../src/kernel/durable-files.ts";
import { newId } from "../src/kernel/ids.ts";
import { createLog } from "../src/kernel/log.ts";
import { Secrets } from "../src/kernel/secrets.ts";
import { importFile } from "../src/modules/imports/index.ts";
import { makeTemplate, run, templateName, urlOf } from "../test/support/server.ts";

const sizes = process.argv.slice(2).map(Number);
if (sizes.length === 0 || sizes.some((n) => !Number.isInteger(n) || n < 1)) {
  console.error("Name the sizes: node --import tsx bench/import.ts 100000 1000000");
  process.exit(2);
}

const firstNames =
  `Ada Grace Linus Margaret Alan Edsger Barbara Donald Radia Tim Vint Hedy Katherine Dorothy Mary Annie Joan Jean
  Anne Frances Betty Marlyn Kathleen Ruth Adele Evelyn Lois Shafi Leslie Ken Dennis Brian Rob Bjarne Guido Yukihiro Larry James José
  Søren Zoë Łukasz Jürgen Chloé Noël Ángel Inés Björn Renée`.split(/\s+/);
const lastNames =
  `Byron Hopper Torvalds Hamilton Turing Dijkstra Liskov Knuth Perlman Lee Cerf Lamarr Johnson Vaughan Jackson Easley Clarke
  Jennings Bartik Allen Holberton Meltzer Antonelli Teitelbaum Goldstine Boyd Haibt Goldwasser Lamport Thompson Ritchie Kernighan Pike
  Stroustrup Rossum Matsumoto Wall Gosling García Müller Nowak Ångström O'Neill Peeters Janssens Dubois Lefèvre Hernández Fischer`.split(
    /\s+/,
  );
const companies =
  `Analytical Engines|Acme|Globex|Initech|Umbrella Health|Stark Works|Wayne Logistics|Cyberdyne|Tyrell|Soylent Foods|Hooli|Vandelay
  |Dunder Paper|Wonka Sweets|Oceanic Air|Massive Dynamic|Northwind|Contoso|Fabrikam|Tailspin Toys`.split(
    /\s*\|\s*/,
  );
const titles = [
  "CEO",
  "Head of Sales",
  "Buyer",
  "Engineer",
  "Office manager",
  "",
  "CTO",
  "Marketing lead",
];

async function makeFile(path: string, rows: number): Promise<void> {
  let seed = 12345;
  const random = (n: number) => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return Math.floor((seed / 2 ** 32) * n);
  };
  const pick = (list: readonly string[]) => list[random(list.length)] as string;
  const file = createWriteStream(path);
  file.write("Email,First name,Last name,Company,Job title,Phone,City\n");
  let text = "";
  for (let i = 0; i < rows; i++) {
    const [first, last] = [pick(firstNames), pick(lastNames)];
    const local = `${first}.${last}`
      .normalize("NFKD")
      .replace(/[^\w.]/g, "")
      .toLowerCase();
    const phone = random(3) === 0 ? `+3247${String(1_000_000 + (i % 8_999_999))}` : "";
    text += `${local}.${i}@${pick(companies).toLowerCase().replace(/\W/g, "")}${random(400)}.example.com,${first},${last},${pick(companies)} ${random(5000)},${pick(titles)},${phone},${random(2) ? "Brussels" : ""}\n`;
    if (text.length > 1 << 20) {
      if (!file.write(text)) await once(file, "drain");
      text = "";
    }
  }
  file.end(text);
  await once(file, "finish");
}

/** Seconds that a plain COPY of the file takes, into a table without index or key. */
async function rawCopy(url: string, path: string): Promise<number> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(
    "CREATE TABLE raw_copy (email text, first_name text, last_name text, company text, job_title text, phone text, city text)",
  );
  const started = performance.now();
  await pipeline(
    createReadStream(path, { highWaterMark: 1 << 18 }),
    client.query(copyFrom("COPY raw_copy FROM STDIN (FORMAT csv, HEADER)")),
  );
  const seconds = (performance.now() - started) / 1000;
  await client.query("DROP TABLE raw_copy");
  await client.end();
  return seconds;
}

/** Peak resident memory of this process, which is Heed's (the server is another), in MB. */
function peakMemory(): number {
  return Number(/VmHWM:\s+(\d+)/.exec(readFileSync("/proc/self/status", "utf8"))?.[1] ?? 0) / 1024;
}

/** CPU seconds of a server's processes so far, those that ended included; 0 where it is not ours to see. */
function serverCpu(postmaster: number | null): number {
  if (postmaster === null) return 0;
  let ticks = 0;
  for (const pid of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    try {
      const fields = readFileSync(`/proc/${pid}/stat`, "utf8")
        .replace(/^.*\) /, "")
        .split(" ")
        .map(Number);
      if (Number(pid) === postmaster)
        ticks += (fields[11] ?? 0) + (fields[12] ?? 0) + (fields[13] ?? 0) + (fields[14] ?? 0);
      else if (fields[1] === postmaster) ticks += (fields[11] ?? 0) + (fields[12] ?? 0);
    } catch {
      // It ended meanwhile.
    }
  }
  return ticks / 100;
}

const folder = mkdtempSync(join(tmpdir(), "heed-bench-"));
const given = process.env.BENCH_SERVER;
const embedded = given
  ? null
  : await startEmbedded({ dataDir: join(folder, "data"), log: () => {} });
const server = given ?? (embedded?.url as string);
const postmaster = given
  ? null
  : Number(readFileSync(join(folder, "data/postgres/postmaster.pid"), "utf8").split("\n")[0]);
const results: { rows: number; perSecond: number; perRow: number }[] = [];
try {
  console.log(
    `${cpus()[0]?.model ?? "unknown"}, ${availableParallelism()} cores, node ${process.version}`,
  );
  await makeTemplate(server);
  for (const rows of sizes) {
    const path = join(folder, `${rows}.csv`);
    await makeFile(path, rows);
    const name = `bench_${rows}`;
    await run(server, `DROP DATABASE IF EXISTS ${name}`);
    await run(server, `CREATE DATABASE ${name} TEMPLATE ${templateName}`);
    const url = urlOf(server, name);
    const rawBefore = serverCpu(postmaster);
    const raw = await rawCopy(url, path);
    const rawCpu = serverCpu(postmaster) - rawBefore;
    const files = new DurableFiles(join(folder, "files"));
    const db = new Database({
      url,
      secrets: new Secrets([Buffer.alloc(32, 7)]),
      files,
      log: createLog("warn"),
    });
    const workspaceId = newId();
    await db.pool.query("INSERT INTO workspace (workspace_id, name) VALUES ($1, 'bench')", [
      workspaceId,
    ]);
    const started = performance.now();
    const cpuBefore = process.cpuUsage();
    const serverBefore = serverCpu(postmaster);
    const { counts } = await importFile(db, {
      workspaceId,
      actor: { type: "system", id: null },
      path,
    });
    const seconds = (performance.now() - started) / 1000;
    if (process.env.BENCH_PS) console.log((await import('node:child_process')).execSync(`ps --ppid ${postmaster} -o pid,cputimes,times,args --no-headers; cut -d' ' -f14-17 /proc/${postmaster}/stat`).toString());
    const cpu = process.cpuUsage(cpuBefore);
    if (counts.created !== rows)
      throw new Error(`created ${counts.created} of ${rows}: ${JSON.stringify(counts)}`);
    const found = await db.inWorkspace(workspaceId, async (tx) => {
      const { sql } = await import("kysely");
      return (
        await sql<{
          n: number;
        }>`SELECT count(*) AS n FROM find_contacts(ARRAY['%hopper%'], 10)`.execute(tx)
      ).rows[0]?.n;
    });
    if (!found) throw new Error("nobody is found");
    const perSecond = rows / seconds;
    results.push({ rows, perSecond, perRow: seconds / rows });
    console.log(
      `import ${rows} rows (${(statSync(path).size / 1e6).toFixed(0)} MB): ${seconds.toFixed(1)} s, ${Math.round(perSecond)} rows/s; ` +
        `raw COPY ${raw.toFixed(2)} s, ${Math.round(rows / raw)} rows/s, PostgreSQL's CPU ${rawCpu.toFixed(2)} s; ratio ${(raw / seconds).toFixed(3)} (at least 0.10); ` +
        `Heed's CPU ${((cpu.user + cpu.system) / 1e6).toFixed(1)} s, PostgreSQL's ${(serverCpu(postmaster) - serverBefore).toFixed(1)} s, peak memory ${peakMemory().toFixed(0)} MB (under 400)`,
    );
    await db.close();
    await files.close();
    await run(server, `DROP DATABASE ${name} WITH (FORCE)`);
  }
  const [first, last] = [results[0], results.at(-1)];
  if (first && last && first !== last) {
    console.log(
      `growth: a row of ${last.rows} costs ${(last.perRow / first.perRow).toFixed(2)} times a row of ${first.rows} (at most 1.5)`,
    );
  }
} finally {
  await embedded?.stop();
  rmSync(folder, { recursive: true, force: true });
}
