import { generateKeyPairSync } from "node:crypto";
import { Writable } from "node:stream";
import pg from "pg";
import pino from "pino";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openAccount } from "../account-queries.ts";
import { type SendingServer, sendingServer } from "../testing.ts";

const password = "s3cret-of-the-relay";
const second = "0ther-secret-of-the-relay";
const pem = generateKeyPairSync("ed25519")
  .privateKey.export({ format: "pem", type: "pkcs8" })
  .toString();
const keyBody = pem.split("\n")[1] as string;

const logged: string[] = [];
const log = pino(
  { level: "trace" },
  new Writable({
    write(chunk, _encoding, done) {
      logged.push(String(chunk));
      done();
    },
  }),
);

let heed: SendingServer;
beforeAll(async () => {
  heed = await sendingServer({
    log,
    checkAccount: async () => {
      throw new Error("unforeseen");
    },
  });
});
afterAll(() => heed.close());

it("never shows a secret of an account: not in an answer, the log, the ledger or any table", async () => {
  const answers: string[] = [];
  const call = async (...request: Parameters<SendingServer["call"]>) => {
    const answer = await heed.call(...request);
    answers.push(answer.text, JSON.stringify(answer.headers));
    return answer;
  };
  const account = {
    name: "Relay",
    provider: "smtp",
    from_address: "ada@example.org",
    host: "smtp.example.org",
    username: "ada",
    password,
    dkim: { domain: "example.org", selector: "heed", private_key: pem },
  };
  const made = await call("POST", "/sending-accounts", { body: account });
  expect(made.status).toBe(201);
  const path = `/sending-accounts/${made.body.id}`;
  await call("POST", "/sending-accounts", { body: account }); // the name is taken
  await call("POST", "/sending-accounts", { body: { ...account, password: [password] } });
  await call("POST", "/sending-accounts", { body: { ...account, name: "Bad", host: "a b" } });
  await call("POST", "/sending-accounts", {
    body: { ...account, name: "Bad", dkim: { ...account.dkim, selector: "!" } },
  });
  await call("PATCH", path, { body: { password: second } });
  await call("GET", path);
  await call("GET", "/sending-accounts");
  await call("GET", "/ledger");
  expect((await call("POST", `${path}/check`)).status).toBe(500); // logged as unforeseen
  await call("DELETE", path);

  const kept = await everyRow(heed.url);
  expect(kept).toContain("sending_account.changed");
  expect(logged.join("")).toContain("unforeseen");
  for (const secret of [
    password,
    second,
    keyBody,
    Buffer.from(password).toString("hex"),
    Buffer.from(second).toString("base64"),
  ]) {
    expect(answers.join("\n")).not.toContain(secret);
    expect(logged.join("\n")).not.toContain(secret);
    expect(kept).not.toContain(secret);
  }
  // The sender alone opens them.
  const opened = await heed.db.inWorkspace(heed.workspaceId, (tx) => openAccount(tx, made.body.id));
  expect(opened).toMatchObject({
    password: second,
    dkim: { domain: "example.org", selector: "heed" },
  });
});

/** Every row of every table as text, read by the server's owner. */
async function everyRow(url: string): Promise<string> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows: tables } = await client.query<{ name: string }>(
      "SELECT quote_ident(tablename) AS name FROM pg_tables WHERE schemaname = 'public'",
    );
    const rows: string[] = [];
    for (const { name } of tables) {
      rows.push(
        ...(await client.query<{ row: string }>(`SELECT t::text AS row FROM ${name} t`)).rows.map(
          (each) => each.row,
        ),
      );
    }
    return rows.join("\n");
  } finally {
    await client.end();
  }
}
