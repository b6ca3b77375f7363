import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { freshDatabase, type TestDatabase } from "../../../test/support/database.ts";
import { HeedError } from "../../kernel/errors.ts";
import { buildServer, type Caller } from "../../kernel/http/index.ts";
import { findJob } from "../../kernel/jobs/index.ts";
import { importJobs } from "./jobs.ts";
import { importRoutes } from "./routes.ts";
import { newWorkspace, type Stage } from "./testing.ts";

const corpus = "/work/shared/corpora/csv/csvs";
let shared: TestDatabase;
let server: Awaited<ReturnType<typeof buildServer>>;
let stage: Stage;
let caller: Caller;

beforeAll(async () => {
  shared = await freshDatabase();
  server = await buildServer({
    db: shared.db,
    log: shared.db.log,
    routes: importRoutes(shared.dataDir),
    authenticate: async () => caller,
    refusal: async (_caller, permission) =>
      new HeedError("permission_denied", `You need ${permission}.`),
    secure: false,
  });
});
afterAll(async () => {
  await server.close();
  await shared.close();
});
beforeEach(async () => {
  stage = await newWorkspace(shared);
  caller = {
    workspaceId: stage.workspaceId,
    userId: stage.userId,
    apiKeyId: null,
    name: "Sam",
    roleName: "all",
    permissions: new Set(["contacts.import"]),
    ownOnly: false,
  };
});

function upload(content: Buffer | string, name = "people.csv") {
  const boundary = "----heed";
  const payload = Buffer.concat([
    Buffer.from(
      `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\nContent-Type: text/csv\r\n\r\n`,
    ),
    Buffer.from(content),
    Buffer.from(`\r\n--${boundary}--\r\n`),
  ]);
  return server.inject({
    method: "POST",
    url: "/api/v1/imports",
    headers: { "content-type": `multipart/form-data; boundary=${boundary}` },
    payload,
  });
}

const uploads = () =>
  existsSync(join(shared.dataDir, "uploads")) ? readdirSync(join(shared.dataDir, "uploads")) : [];
const post = (url: string, payload: object) =>
  server.inject({ method: "POST", url: `/api/v1${url}`, payload });
const get = async (url: string) =>
  (await server.inject({ method: "GET", url: `/api/v1${url}` })).json();

/** Does the job's work as a worker would, and answers the job. */
async function work(jobId: string) {
  await stage.db.pool.query("UPDATE job SET state = 'running' WHERE id = $1", [jobId]);
  const job = await stage.in((tx) => findJob(tx, jobId));
  const handler = importJobs(shared.dataDir)[job.kind]?.run;
  if (!handler) throw new Error(job.kind);
  await handler({ db: stage.db, workspaceId: stage.workspaceId, job });
  return stage.in((tx) => findJob(tx, jobId));
}

describe("imports over HTTP", () => {
  test("upload, dry run, run, rejected rows, undo", async () => {
    const answer = await upload(
      "E-mail;Vorname;Abgemeldet\nada@example.org;Ada;\nbo@example.org;Bo;ja\nbroken;No;\n",
    );
    expect(answer.statusCode).toBe(201);
    const uploaded = answer.json();
    expect(uploaded).toMatchObject({
      state: "uploaded",
      delimiter: ";",
      encoding: "utf-8",
      header: ["E-mail", "Vorname", "Abgemeldet"],
      proposed_mapping: [{ field: "email" }, { field: "first_name" }, { field: "unsubscribed" }],
    });
    expect(uploaded.sample[0]).toEqual(["ada@example.org", "Ada", ""]);
    const body = { mapping: uploaded.mapping };

    const dry = await post(`/imports/${uploaded.id}/dry-run`, body);
    expect(dry.statusCode).toBe(202);
    expect((await work(dry.json().job_id)).counts).toMatchObject({
      read: 3,
      created: 1,
      stopped: 1,
      rejected: 1,
    });
    expect(await get(`/imports/${uploaded.id}`)).toMatchObject({
      state: "checked",
      dry_run: { newly_stopped: 1 },
    });
    expect(await stage.contacts()).toEqual([]);

    const run = await post(`/imports/${uploaded.id}/run`, body);
    expect((await post(`/imports/${uploaded.id}/run`, body)).statusCode).toBe(409);
    expect(await work(run.json().job_id)).toMatchObject({
      done: 3,
      total: 3,
      counts: { "stops_made.unsubscribe": 1 },
    });
    expect(await get(`/imports/${uploaded.id}`)).toMatchObject({
      state: "finished",
      counts: { created: 1, stopped: 1, rejected: 1 },
    });
    expect(uploads()).not.toContain(uploaded.id);

    const rejected = await server.inject({
      method: "GET",
      url: `/api/v1/imports/${uploaded.id}/rejected.csv`,
    });
    expect(rejected.headers["content-type"]).toContain("text/csv");
    expect(rejected.body).toContain("broken,No");

    const undo = await post(`/imports/${uploaded.id}/undo`, {});
    expect(undo.json().message).toContain("stays in force");
    expect((await work(undo.json().job_id)).counts).toMatchObject({ removed: 2 });
    expect(await stage.contacts()).toEqual([]);
    expect(await stage.standing()).toEqual(["unsubscribe import address email bo@example.org"]);
    expect((await get("/imports")).items).toMatchObject([{ id: uploaded.id, state: "undone" }]);
  });

  test.each(readdirSync(corpus).filter((name) => name.endsWith(".csv")))(
    "%s uploads and shows its first rows",
    async (name) => {
      const wanted = JSON.parse(
        readFileSync(join(corpus, "../json", name.replace(".csv", ".json")), "utf8"),
      );
      // The corpus contradicts itself in one place: that JSON is one object, with another number than its file.
      const expected = Array.isArray(wanted)
        ? wanted
        : [{ ...wanted, "Contact Phone Number": "2095257564" }];
      const answer = (await upload(readFileSync(join(corpus, name)), name)).json();
      expect(
        answer.sample.map((row: string[]) =>
          Object.fromEntries(row.map((cell, i) => [answer.header[i], cell])),
        ),
      ).toEqual(expected);
      if (!Array.isArray(wanted)) return; // has a number to import by
      const refused = await post(`/imports/${answer.id}/run`, { mapping: answer.mapping });
      expect(refused.statusCode).toBe(422);
      expect(refused.json().error.code).toBe("import_needs_address");
    },
  );

  test.each([
    ["an empty file", "", "csv_empty"],
    ["a workbook", "PK\u0003\u0004xxxx", "csv_not_text"],
    ["a header with NUL bytes", "Em\0ail,a\nx,y\n", "csv_nul_byte"],
    [
      "1,000 columns",
      `${Array.from({ length: 1_000 }, (_, i) => `c${i}`).join(",")}\n1\n`,
      "csv_too_many_columns",
    ],
    ["a quote that never closes", 'Email\n"ada@example.org\n', "csv_unclosed_quote"],
    ["a file without header", "ada@example.org,Ada\n", "csv_no_header"],
  ])("%s is refused and nothing is kept", async (_what, content, code) => {
    const before = uploads();
    const answer = await upload(content);
    expect(answer.statusCode).toBe(422);
    expect(answer.json().error).toMatchObject({ code, message: expect.stringMatching(/\w{4,}/) });
    expect(uploads()).toEqual(before);
    expect((await get("/imports")).items).toEqual([]);
  });

  test("a fault at the end of the file fails the run with nothing applied", async () => {
    const rows = Array.from(
      { length: 20_000 },
      (_, i) => `p${i}@example.org,some more text to fill\n`,
    ).join("");
    const uploaded = (await upload(`Email,Notes\n${rows}"open`)).json();
    const run = (await post(`/imports/${uploaded.id}/run`, { mapping: uploaded.mapping })).json();
    await expect(work(run.job_id)).rejects.toMatchObject({
      code: "csv_unclosed_quote",
      message: expect.stringContaining("line 20002"),
    });
    expect(await stage.contacts()).toEqual([]);
    expect(await get(`/imports/${uploaded.id}`)).toMatchObject({
      state: "uploaded",
      rows_applied: 0,
    });
  });

  test("a file is taken as text/csv too", async () => {
    const answer = await server.inject({
      method: "POST",
      url: "/api/v1/imports",
      headers: { "content-type": "text/csv" },
      payload: "Email\nada@example.org\n",
    });
    expect(answer.statusCode).toBe(201);
  });

  test("somebody who sees only their own contacts imports their own and changes nobody else's", async () => {
    await stage.importText("Email,First name\ntheirs@example.org,Theirs\n");
    caller = { ...caller, ownOnly: true };
    const uploaded = (
      await upload(
        "Email,First name,Do not contact\ntheirs@example.org,Mine,yes\nmine@example.org,Mine,\n",
      )
    ).json();
    const run = (await post(`/imports/${uploaded.id}/run`, { mapping: uploaded.mapping })).json();
    expect((await work(run.job_id)).counts).toMatchObject({
      created: 1,
      rejected: 1,
      "rejected.address_taken": 1,
    });
    expect(await stage.contacts()).toMatchObject([
      { email: "mine@example.org", owner_id: stage.userId },
      { email: "theirs@example.org", first_name: "Theirs", owner_id: null },
    ]);
    expect(await stage.standing()).toEqual(["suppression import address theirs@example.org"]);
    const rejected = await server.inject({
      method: "GET",
      url: `/api/v1/imports/${uploaded.id}/rejected.csv`,
    });
    expect(rejected.body).toContain("theirs@example.org,Mine,yes");
    caller = { ...caller, userId: stage.listId };
    expect((await get("/imports")).items).toEqual([]);
  });

  test("without the permission nothing is taken", async () => {
    caller = { ...caller, permissions: new Set() };
    expect((await upload("Email\na@example.org\n")).statusCode).toBe(403);
  });
});
