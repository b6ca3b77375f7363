import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { urlOf } from "../support/server.ts";
import { fakePostgres } from "./support/fake-postgres.ts";
import {
  call,
  dropScratch,
  endAll,
  folder,
  refused,
  removeFolders,
  type Scratch,
  scratch,
  serverUrl,
  startChild,
} from "./support/start-child.ts";

let database: Scratch;
beforeAll(async () => {
  database = await scratch();
});
afterEach(endAll);
afterAll(async () => {
  await dropScratch(database);
  removeFolders();
});

/** A refusal is status 1 or 2, one message that says what to do, and no stack. */
function expectRefusal(
  { code, said }: { code: number | string; said: string },
  message: RegExp,
  status = 1,
): void {
  expect(said).toMatch(message);
  expect(code, said).toBe(status);
  expect(said).not.toMatch(/\n\s+at |could not start:/);
}

// Starts of whole programs: long on a busy machine.
vi.setConfig({ testTimeout: 240_000 });

describe("what a person wrote wrongly is refused before anything is made", () => {
  test.each([
    [
      "a port that is none",
      { PORT: "http" },
      [],
      /PORT must be a number from 0 to 65535; it is "http"/,
      1,
    ],
    ["a port too high", { PORT: "70000" }, [], /PORT must be a number/, 1],
    [
      "a public address that is none",
      { HEED_PUBLIC_URL: "heed.example.org" },
      [],
      /HEED_PUBLIC_URL must be an http or https address such as/,
      1,
    ],
    [
      "a short bootstrap key",
      { HEED_BOOTSTRAP_KEY: "short" },
      [],
      /at least 16 characters. Make one with: openssl rand/,
      1,
    ],
    [
      "an unknown role",
      {},
      ["--roles=web,cook"],
      /--roles takes web, worker or both with a comma; "cook" is neither/,
      2,
    ],
    ["an unknown option", {}, ["--verbose"], /unknown option --verbose. Usage: bin\/start/, 2],
    [
      "another kind of database",
      { DATABASE_URL: "mysql://localhost/heed" },
      [],
      /DATABASE_URL must look like postgres:\/\/user:password@host:5432\/database/,
      1,
    ],
    [
      "a database URL with a bad port",
      { DATABASE_URL: "postgres://heed:topsecret@localhost:notaport/heed" },
      [],
      /DATABASE_URL cannot be read.*must look like/,
      1,
    ],
  ] as const)("%s", async (_, environment, args, message, status) => {
    const data = join(folder(), "data");
    const answer = await refused({ HEED_DATA: data, ...environment }, args);
    expectRefusal(answer, message, status);
    expect(answer.said).not.toContain("topsecret");
    expect(existsSync(join(data, "postgres"))).toBe(false);
    expect(existsSync(join(data, "secret"))).toBe(false);
  });
});

test("a taken port is named, with another to try, and nothing is made", async () => {
  const taken = createServer();
  await new Promise<void>((done) => taken.listen(0, "0.0.0.0", done));
  const { port } = taken.address() as AddressInfo;
  const data = join(folder(), "data");
  expectRefusal(
    await refused({ HEED_DATA: data, PORT: String(port) }),
    new RegExp(`Port ${port} is taken by another program.*PORT=${port + 1} bin/start`),
  );
  taken.close();
  expect(existsSync(data)).toBe(false);
});

describe("a data folder that cannot be one", () => {
  for (const [where, withServer] of [
    ["the embedded server", false],
    ["a server of its own", true],
  ] as const) {
    test(`with ${where}`, async () => {
      const file = join(folder(), "file");
      writeFileSync(file, "kept");
      const answers = [file, join(file, "below"), "/proc/heed/deep"].map((data) =>
        refused({ HEED_DATA: data, ...(withServer ? { DATABASE_URL: database.url } : {}) }),
      );
      for (const answer of await Promise.all(answers)) {
        expectRefusal(
          answer,
          /cannot write to its data folder .*Make it a folder that this user may write to, or set HEED_DATA to another one/,
        );
      }
      expect(readFileSync(file, "utf8")).toBe("kept");
    });
  }
});

describe("a database that cannot be used", () => {
  const refusedWith = (url: string) => refused({ HEED_DATA: folder(), DATABASE_URL: url });

  test("nobody there, nobody of that name, no such database, a wrong password", async () => {
    expectRefusal(
      await refusedWith("postgres://heed:topsecret@127.0.0.1:1/heed"),
      /PostgreSQL did not answer at DATABASE_URL \(postgres:\/\/heed:\*\*\*@127\.0\.0\.1:1\/heed\).*Check host, port, user, password and database name/,
    );
    expectRefusal(
      await refusedWith("postgres://heed@no-such-host.invalid/heed"),
      /did not answer.*(ENOTFOUND|EAI_AGAIN)/,
    );
    expectRefusal(
      await refusedWith(urlOf(serverUrl(), "no_such_database")),
      /database "no_such_database" does not exist.*Check host/,
    );
    const wrong = await fakePostgres({
      refuse: { code: "28P01", message: 'password authentication failed for user "heed"' },
    });
    const answer = await refusedWith(`postgres://heed:topsecret@127.0.0.1:${wrong.port}/heed`);
    await wrong.close();
    expectRefusal(answer, /password authentication failed.*Check host/);
    expect(answer.said).not.toContain("topsecret");
  });

  test("a password never shows, however it is written", async () => {
    const urls = [
      "postgres://heed:top@secret@127.0.0.1:1/heed",
      "postgres://127.0.0.1:1/heed?user=heed&password=top%40secret",
      "postgres://heed:top/secret@127.0.0.1:1:1/heed",
    ];
    for (const { code, said } of await Promise.all(urls.map(refusedWith))) {
      expect(code, said).toBe(1);
      expect(said).toMatch(/DATABASE_URL/);
      expect(said).not.toMatch(/secret/);
    }
  });

  test("one that is too old", async () => {
    const old = await fakePostgres({ version: "14.11", number: 140011 });
    expectRefusal(
      await refusedWith(`postgres://heed@127.0.0.1:${old.port}/heed`),
      /version 14\.11; Heed needs 15 or newer. Upgrade it, or unset DATABASE_URL/,
    );
    expect(old.asked.filter((sql) => /CREATE|INSERT|ALTER/i.test(sql))).toEqual([]);
    await old.close();
  });

  test("one that is no PostgreSQL", async () => {
    const other = createServer((socket) => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n"));
    await new Promise<void>((done) => other.listen(0, "127.0.0.1", done));
    const answer = await refusedWith(
      `postgres://heed@127.0.0.1:${(other.address() as AddressInfo).port}/heed`,
    );
    other.close();
    expectRefusal(answer, /PostgreSQL did not answer at DATABASE_URL/);
  });
});

test("a secret that is missing, wrong or malformed is never replaced, and put back it serves again", async () => {
  const data = folder();
  const environment = { HEED_DATA: data, DATABASE_URL: database.url };
  const first = startChild(environment);
  await first.serving;
  first.process.kill("SIGTERM");
  expect(await first.ended).toBe(0);
  const file = join(data, "secret");
  const secret = readFileSync(file, "utf8");
  expect(secret).toMatch(/^[0-9a-f]{64}\n$/);
  expect(first.said()).not.toContain(secret.trim());

  const elsewhere = join(folder(), "moved");
  expectRefusal(
    await refused({ ...environment, HEED_SECRET_FILE: elsewhere }),
    /secret file .*moved is missing, and this database was made with one. Put it back or name it in HEED_SECRET_FILE/,
  );
  expect(existsSync(elsewhere)).toBe(false);
  writeFileSync(elsewhere, `${"0".repeat(64)}\n`);
  expectRefusal(
    await refused({ ...environment, HEED_SECRET_FILE: elsewhere }),
    /secret in .*moved is not the one this database was made with.*Put the original secret file back/,
  );
  for (const bad of ["", "too short\n", `${secret}xyz\n`]) {
    writeFileSync(elsewhere, bad);
    expectRefusal(
      await refused({ ...environment, HEED_SECRET_FILE: elsewhere }),
      /must hold one secret a line, 64 hexadecimal digits each \(line \d/,
    );
  }
  mkdirSync(join(data, "folder"));
  expectRefusal(
    await refused({ ...environment, HEED_SECRET_FILE: join(data, "folder") }),
    /secret file .*folder cannot be read \(EISDIR.*Name a file in HEED_SECRET_FILE/,
  );
  // Rotated: a new line before the old one.
  writeFileSync(file, `${"a".repeat(64)}\n${secret}`);
  const again = startChild(environment);
  const url = await again.serving;
  expect((await call(url, "GET", "/me")).status).toBe(200);
  again.process.kill("SIGINT");
  expect(await again.ended).toBe(0);
  expect(readdirSync(data)).toContain("secret");
});
