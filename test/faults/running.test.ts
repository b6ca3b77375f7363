import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { afterAll, afterEach, expect, test, vi } from "vitest";
import { runCli } from "../flows/support/cli.ts";
import { eventually } from "../support/heed.ts";
import {
  call,
  dropScratch,
  endAll,
  folder,
  refused,
  removeFolders,
  type Scratch,
  scratch,
  startChild,
} from "./support/start-child.ts";

// Starts of whole programs: long on a busy machine.
vi.setConfig({ testTimeout: 300_000 });

const databases: Scratch[] = [];
afterEach(endAll);
afterAll(async () => {
  for (const each of databases) await dropScratch(each);
  removeFolders();
});

async function aDatabase(copyOf?: string): Promise<Scratch> {
  const made = await scratch(copyOf);
  databases.push(made);
  return made;
}

/** The embedded server's process, by the file that PostgreSQL keeps. */
function postmaster(data: string): number | null {
  const file = findPidFile(data);
  return file ? Number(readFileSync(file, "utf8").split("\n")[0]) : null;
}
function findPidFile(data: string): string | null {
  for (const entry of readdirSync(join(data, "postgres"), { recursive: true, encoding: "utf8" })) {
    if (entry.endsWith("postmaster.pid")) return join(data, "postgres", entry);
  }
  return null;
}
function lives(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !/^State:\s+Z/m.test(
      existsSync(`/proc/${pid}/status`) ? readFileSync(`/proc/${pid}/status`, "utf8") : "",
    );
  } catch {
    return false;
  }
}

test("one folder, one Heed: a second is refused, a command is its guest, a killed one's server is taken over with all its data", async () => {
  const data = folder();
  const first = startChild({ HEED_DATA: data });
  const url = await first.serving;
  expect(first.said()).toMatch(
    /Sign in as the first administrator, once, within 24 hours: http\S+token=/,
  );
  const made = await call(url, "POST", "/contacts", {
    first_name: "Ada",
    addresses: [{ channel: "email", value: "ada@kept.example" }],
  });
  expect(made.status).toBe(201);
  expect(
    (await call(url, "POST", `/contacts/${made.body.id}/deactivation`, { because: "asked" }))
      .status,
  ).toBe(201);

  const second = await refused({ HEED_DATA: data });
  expect(second.code).toBe(1);
  expect(second.said).toMatch(
    new RegExp(
      `in use by another Heed, process ${first.process.pid}.*Stop that one first \\(kill ${first.process.pid}\\), or set HEED_DATA to another folder`,
    ),
  );
  const guest = await runCli({ HEED_DATA: data }, "status", "ada@kept.example", "--json");
  expect(guest.json.channels[0].refusals).toMatchObject([{ code: "deactivated" }]);

  const server = postmaster(data) as number;
  first.process.kill("SIGKILL");
  expect(await first.ended).toBe("SIGKILL");
  expect(lives(server)).toBe(true);
  const third = startChild({ HEED_DATA: data });
  const again = await third.serving;
  expect(third.said()).toMatch(
    new RegExp(
      `Taking over the database server that an earlier Heed left running \\(process ${server}\\)`,
    ),
  );
  expect(third.said()).toMatch(/To make a new sign-in link: bin\/heed user link/);
  expect(postmaster(data)).toBe(server);
  expect((await call(again, "GET", "/contacts?q=kept")).body.items).toMatchObject([
    { id: made.body.id, stage: "deactivated" },
  ]);
  expect((await call(again, "GET", "/ledger/verification")).body).toMatchObject({ valid: true });

  third.process.kill("SIGTERM");
  expect(await third.ended).toBe(0);
  expect(third.said()).toMatch(/stopping \(SIGTERM\)/);
  expect(lives(server)).toBe(false);
  expect(postmaster(data)).toBeNull();
  // Nobody's server runs: the command brings one for its lifetime.
  const alone = await runCli({ HEED_DATA: data }, "status", "ada@kept.example", "--json");
  expect(alone.json?.contact_id, alone.stderr).toBe(made.body.id);
  expect(postmaster(data)).toBeNull();
});

test("a restored backup that forgot stops does not send until the journal is replayed", async () => {
  const data = folder();
  const database = await aDatabase();
  const before = startChild({ HEED_DATA: data, DATABASE_URL: database.url });
  const url = await before.serving;
  const list = (await call(url, "POST", "/lists", { name: "All", kind: "manual" })).body;
  const ids: string[] = [];
  for (const name of ["stopped", "other"]) {
    ids.push(
      (
        await call(url, "POST", "/contacts", {
          first_name: name,
          addresses: [{ channel: "email", value: `${name}@restored.example` }],
        })
      ).body.id,
    );
  }
  await call(url, "POST", `/lists/${list.id}/members`, { selection: { ids } });
  const template = (
    await call(url, "POST", "/templates", {
      name: "T",
      subject: "Hi",
      format: "text",
      body: "Hi {{ unsubscribe_url }}",
    })
  ).body;
  const campaign = (
    await call(url, "POST", "/campaigns", {
      name: "C",
      audience: { list_ids: [list.id] },
      steps: [{ template_id: template.id, delay: "PT0S" }],
    })
  ).body;
  before.process.kill("SIGTERM");
  expect(await before.ended).toBe(0);

  const backup = await aDatabase(database.name);
  const later = startChild({ HEED_DATA: data, DATABASE_URL: database.url });
  expect(
    (
      await call(await later.serving, "POST", `/contacts/${ids[0]}/deactivation`, {
        because: "after the backup",
      })
    ).status,
  ).toBe(201);
  // Acknowledged means journalled: even a kill at this moment loses nothing.
  later.process.kill("SIGKILL");
  await later.ended;

  const restored = startChild({ HEED_DATA: data, DATABASE_URL: backup.url });
  const at = await restored.serving;
  expect(restored.said()).toMatch(
    /1 journalled stops? (is|are) not in the database, as after restoring a backup. Sending is off. Run: bin\/heed journal replay/,
  );
  expect((await call(at, "GET", `/contacts/${ids[0]}`)).body.stage).not.toBe("deactivated");
  const start = await call(at, "POST", `/campaigns/${campaign.id}/start`);
  if (start.status === 202)
    await eventually(
      async () => (await call(at, "GET", `/jobs/${start.body.job_id}`)).body.finished_at,
      60,
    );
  expect((await call(at, "GET", "/sink")).body.items).toEqual([]);

  const replayed = await runCli({ HEED_DATA: data, DATABASE_URL: backup.url }, "journal", "replay");
  expect(replayed).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/1 stops and 0 lifts replayed. Restart Heed to send again/),
  });
  expect((await call(at, "GET", `/contacts/${ids[0]}`)).body.stage).toBe("deactivated");
  expect(
    (await runCli({ HEED_DATA: data, DATABASE_URL: backup.url }, "journal", "replay", "--json"))
      .json,
  ).toEqual({ stops: 0, lifts: 0 });
  restored.process.kill("SIGTERM");
  expect(await restored.ended).toBe(0);

  const after = startChild({ HEED_DATA: data, DATABASE_URL: backup.url });
  const now = await after.serving;
  expect(after.said()).not.toMatch(/Sending is off/);
  await eventually(
    async () => (await call(now, "GET", `/campaigns/${campaign.id}`)).body.state === "finished",
    90,
  );
  expect(
    (await call(now, "GET", "/sink")).body.items.map((mail: { to: string }) => mail.to),
  ).toEqual(["other@restored.example"]);
});

test("killed in the middle of an import, the job goes on after a restart and applies no row twice", async () => {
  const data = folder();
  const database = await aDatabase();
  const owner = new pg.Client({ connectionString: database.url });
  owner.on("error", () => {}); // a failed test drops the database below it
  await owner.connect();
  const rows = 60_000;
  const first = startChild({ HEED_DATA: data, DATABASE_URL: database.url });
  const url = await first.serving;
  const list = (await call(url, "POST", "/lists", { name: "Imported", kind: "manual" })).body;
  const form = new FormData();
  const csv = [
    "Email,First name,Unsubscribed",
    ...Array.from(
      { length: rows },
      (_, i) => `p${i}@import.example,P${i},${i % 1000 === 0 ? "yes" : ""}`,
    ),
  ].join("\n");
  form.append("file", new Blob([csv]), "people.csv");
  const uploaded = (await call(url, "POST", "/imports", form)).body;
  const { job_id: jobId } = (
    await call(url, "POST", `/imports/${uploaded.id}/run`, { list_id: list.id })
  ).body;
  const done = async () =>
    Number((await owner.query("SELECT done FROM job WHERE id = $1", [jobId])).rows[0].done);
  await eventually(async () => (await done()) > 0, 120);
  first.process.kill("SIGKILL");
  await first.ended;
  const applied = await done();

  // What would take half a minute: the dead process counts as dead at once.
  await owner.query("UPDATE worker_process SET seen_at = now() - interval '1 hour'");
  const second = startChild({ HEED_DATA: data, DATABASE_URL: database.url });
  const again = await second.serving;
  const job = await eventually(async () => {
    const { body } = await call(again, "GET", `/jobs/${jobId}`);
    return body.finished_at ? body : null;
  }, 180);
  expect(job).toMatchObject({ state: "finished", done: rows, total: rows });
  expect(job.done).toBeGreaterThanOrEqual(applied);
  const { counts } = (await call(again, "GET", `/imports/${uploaded.id}`)).body;
  expect(counts).toMatchObject({
    read: rows,
    created: rows - rows / 1000,
    stopped: rows / 1000,
    updated: 0,
    unchanged: 0,
    rejected: 0,
    added_to_list: rows,
  });
  const count = async (sql: string) => Number((await owner.query(sql)).rows[0].count);
  expect(await count("SELECT count(*) FROM contact")).toBe(rows);
  expect(await count("SELECT count(DISTINCT email) FROM contact")).toBe(rows);
  expect(await count("SELECT count(*) FROM list_member")).toBe(rows);
  expect(await count("SELECT count(*) FROM stop")).toBe(rows / 1000);
  expect(await count("SELECT count(*) FROM ledger_entry WHERE act = 'import.finished'")).toBe(1);
  expect(readdirSync(join(data, "uploads"))).toEqual([]);
  await owner.end();
});
