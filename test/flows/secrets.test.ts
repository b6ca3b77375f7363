import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import {
  bootstrapKey,
  type Child,
  call,
  dropScratch,
  endAll,
  folder,
  removeFolders,
  type Scratch,
  scratch,
  startChild,
} from "../faults/support/start-child.ts";
import { eventually } from "../support/heed.ts";

vi.setConfig({ testTimeout: 240_000 });

let database: Scratch;
let child: Child;
let url: string;
let data: string;
beforeAll(async () => {
  database = await scratch();
  data = folder();
  child = startChild({ HEED_DATA: data, DATABASE_URL: database.url, HEED_LOG: "trace" });
  url = await child.serving;
});
afterAll(async () => {
  await endAll();
  await dropScratch(database);
  removeFolders();
});

const secrets = {
  password: "the-users-long-password",
  account: "the-accounts-password",
  wrong: "a-wrong-long-password",
};
const people = {
  name: "Zebulon",
  family: "Quattlebaum",
  company: "Vexillology",
  note: "hemorrhoids",
  local: "zebulon.quattlebaum",
};

test("a day's work at the most talkative log leaves no secret and no person in the log or in the answers", async () => {
  const answers: string[] = [];
  const ask = async (method: string, path: string, body?: unknown) => {
    const answer = await call(url, method, path, body);
    answers.push(JSON.stringify(answer.body));
    return answer;
  };
  const role = (await ask("GET", "/roles")).body.items[0];
  const user = { email: `${people.local}@users.example`, name: people.name };
  expect(
    (await ask("POST", "/users", { ...user, role_id: role.id, password: secrets.password })).status,
  ).toBe(201);
  const signIn = (password: string) =>
    fetch(`${url}/api/v1/sessions`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ email: user.email, password }),
    });
  expect((await signIn(secrets.wrong)).status).toBe(401);
  const session = await signIn(secrets.password);
  expect(session.status).toBe(201);
  answers.push(await session.text());
  const cookie = /heed_session=([^;]+)/.exec(
    session.headers.get("set-cookie") ?? "",
  )?.[1] as string;

  const account = {
    provider: "smtp",
    name: "Mail",
    from_address: "a@sender.example",
    host: "127.0.0.1",
    port: 1,
    security: "none",
    username: "mailuser",
    password: secrets.account,
  };
  const made = await ask("POST", "/sending-accounts", {
    ...account,
    dkim: { domain: "sender.example", selector: "s", generate: true },
  });
  expect(made.status).toBe(201);
  await ask("POST", `/sending-accounts/${made.body.id}/check`);
  await ask("PATCH", `/sending-accounts/${made.body.id}`, {
    password: `${secrets.account}2`,
    username: "mailuser",
  });
  await ask("GET", "/sending-accounts");

  // A key is shown once, to whoever made it, and never again.
  const { key } = (await call(url, "POST", "/api-keys", { name: "k", scopes: null })).body;
  await ask("GET", "/api-keys");
  const { body: contact } = await call(url, "POST", "/contacts", {
    first_name: people.name,
    last_name: people.family,
    company: people.company,
    attributes: { note: people.note },
    addresses: [{ channel: "email", value: `${people.local}@people.example` }],
  });
  const form = new FormData();
  form.append(
    "file",
    new Blob([
      `Email,First name,Note\n${people.local}.2@people.example,${people.name},${people.note}\n`,
    ]),
    "people.csv",
  );
  const uploaded = (await call(url, "POST", "/imports", form)).body;
  const { job_id } = (await call(url, "POST", `/imports/${uploaded.id}/run`, {})).body;
  await eventually(async () => (await call(url, "GET", `/jobs/${job_id}`)).body.finished_at, 60);
  await call(url, "POST", `/contacts/${contact.id}/deactivation`, { because: people.note });
  await call(url, "POST", "/stops", {
    kind: "unsubscribe",
    address: { channel: "email", value: `${people.local}@people.example` },
    because: people.note,
  });
  await call(url, "GET", `/contacts?q=${people.local}`);
  await call(url, "POST", "/contacts", {
    first_name: people.name,
    addresses: [{ channel: "email", value: `${people.local}@people.example` }],
  }); // taken
  await call(url, "POST", "/contacts", {
    first_name: `${people.name}\n`,
    addresses: [{ channel: "email", value: `${people.local}@@` }],
  }); // wrong
  await call(url, "POST", "/stops", {
    kind: "suppression",
    address: { channel: "email", value: `${people.local} at people` },
  });
  // Mail to nobody's server: the connection fails and is tried again.
  const list = (await call(url, "POST", "/lists", { name: "All", kind: "manual" })).body;
  await call(url, "POST", `/lists/${list.id}/members`, {
    selection: { filter: { q: `${people.local}.2` } },
  });
  const template = (
    await call(url, "POST", "/templates", {
      name: "T",
      subject: "{{ contact.first_name }}",
      format: "text",
      body: "x {{ unsubscribe_url }}",
    })
  ).body;
  const campaign = (
    await call(url, "POST", "/campaigns", {
      name: "C",
      audience: { list_ids: [list.id] },
      steps: [{ template_id: template.id, delay: "PT0S" }],
      sending_account_id: made.body.id,
    })
  ).body;
  expect((await call(url, "POST", `/campaigns/${campaign.id}/start`)).status).toBe(202);
  const { items } = (await call(url, "GET", `/contacts?q=${people.local}.2`)).body;
  await eventually(
    async () =>
      ((await call(url, "GET", `/contacts/${items[0].id}/messages`)).body.items[0]?.attempts ?? 0) >
      0,
    60,
  );

  child.process.kill("SIGTERM");
  expect(await child.ended).toBe(0);
  const log = child.said();
  const secret = readFileSync(join(data, "secret"), "utf8").trim();
  expect(log).toMatch(/"level":30,.*made the first workspace/);
  for (const hidden of [
    ...Object.values(secrets),
    secret,
    bootstrapKey,
    key,
    cookie,
    "PRIVATE KEY",
  ]) {
    expect(log, hidden).not.toContain(hidden);
    expect(answers.join("\n"), hidden).not.toContain(hidden);
  }
  for (const personal of Object.values(people))
    expect(log.toLowerCase(), personal).not.toContain(personal.toLowerCase());

  // The same of what stays beside the database: journal, anchors, uploads.
  for (const entry of readdirSync(data, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || entry.name === "secret") continue;
    const text = readFileSync(join(entry.parentPath, entry.name), "utf8").toLowerCase();
    for (const hidden of [...Object.values(people), ...Object.values(secrets), key])
      expect(text, `${entry.name}: ${hidden}`).not.toContain(hidden.toLowerCase());
  }
});
