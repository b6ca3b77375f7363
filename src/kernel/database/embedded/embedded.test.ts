import { execFileSync } from "node:child_process";
import { chmod, chown, mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { query, refusal, testServers } from "./testing.ts";

const { folder, start, startInChild, said, cleanUp } = testServers();
afterEach(cleanUp);

const asRoot = process.geteuid?.() === 0;

describe("the embedded database", () => {
  it("makes a database on first use, keeps it, and finds it at the second start", async () => {
    const dataDir = await folder();
    const first = await start(dataDir);
    expect(first.adopted).toBe(false);
    expect(said).toEqual([`Making a new database in ${dataDir}/postgres`]);
    await query(first, "CREATE TABLE kept (id int); INSERT INTO kept VALUES (7)");
    await first.stop();
    await first.stop();
    expect((await readdir(dataDir)).sort()).toEqual(["postgres", "postgres.log"]);

    const second = await start(dataDir);
    expect(second.adopted).toBe(false);
    expect(await query(second, "SELECT id FROM kept")).toEqual([{ id: 7 }]);
  });

  it("listens on a private socket and on no port, keeps what it commits, and orders text the same everywhere", async () => {
    const server = await start(await folder());
    const [row] = await query(
      server,
      `SELECT current_setting('listen_addresses') AS tcp, current_setting('fsync') AS fsync,
              current_setting('jit') AS jit, current_setting('server_encoding') AS encoding,
              lower('ÄÉ') AS lower, 'a' < 'B' COLLATE "default" AS "like a dictionary", current_user::text AS "user"`,
    );
    expect(row).toEqual({
      tcp: "",
      fsync: "on",
      jit: "off",
      encoding: "UTF8",
      lower: "äé",
      "like a dictionary": false,
      user: "heed",
    });
    expect((await stat(server.socketDir)).mode & 0o777).toBe(0o700);
  });

  it("lets the operator's own settings win", async () => {
    const dataDir = await folder();
    const before = await start(dataDir);
    await before.stop();
    await writeFile(join(dataDir, "postgres/postgresql.conf"), "work_mem = '3MB'\n", { flag: "a" });
    expect(await query(await start(dataDir), "SHOW work_mem")).toEqual([{ work_mem: "3MB" }]);
  });

  it("listens in a short private folder when the data folder's path is too long for a socket", async () => {
    const dataDir = join(
      await folder(),
      "a".repeat(60),
      "b".repeat(60),
      "with spaces & ünïcode %20+",
    );
    const server = await start(dataDir);
    expect(server.socketDir).toMatch(/heed-[0-9a-f]{12}$/);
    expect((await stat(server.socketDir)).mode & 0o777).toBe(0o700);
    expect(said.at(-1)).toBe(
      `The path of the data folder is too long for a socket (at most ${process.platform === "linux" ? 107 : 103} bytes), so the database listens in ${server.socketDir} instead.`,
    );
    expect(await query(server, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
    const guest = await start(dataDir, "guest");
    expect(guest.socketDir).toBe(server.socketDir);
    await server.stop();
    await expect(stat(server.socketDir)).rejects.toThrow("ENOENT");
  });

  it("works in a folder whose name has spaces and signs", async () => {
    const dataDir = join(await folder(), "my data & 100% ünïcode+");
    expect(await query(await start(dataDir), "SELECT 1 AS one")).toEqual([{ one: 1 }]);
  });

  it.runIf(asRoot)(
    "runs as an unprivileged user when Heed is root, also below a folder closed to that user",
    async () => {
      const closed = await folder();
      await chmod(closed, 0o700);
      const dataDir = join(closed, "data");
      const server = await start(dataDir);
      const [row] = await query(server, "SELECT pg_read_file('/proc/self/status') AS status");
      expect(row?.status).toMatch(/^Uid:\s+[1-9]/m);
      expect((await stat(join(dataDir, "postgres"))).uid).not.toBe(0);
      expect((await stat(dataDir)).uid).toBe(0);
    },
  );

  it.runIf(asRoot)("names its folder by path where its user can reach it", async () => {
    const dataDir = await folder();
    await chmod(dataDir, 0o755);
    const server = await start(dataDir);
    expect(await query(server, "SHOW data_directory")).toEqual([
      { data_directory: join(dataDir, "postgres") },
    ]);
  });

  it.runIf(asRoot)(
    "runs as the folder's own user when an ordinary user made the database and root starts it",
    async () => {
      const dataDir = await folder();
      await chown(dataDir, 65534, 65534);
      const child = await startInChild(dataDir, { uid: 65534, gid: 65534 });
      child.kill("SIGKILL");
      await new Promise((done) => child.once("exit", done));
      const server = await start(dataDir);
      expect(server.adopted).toBe(true);
      await server.stop();
      const again = await start(dataDir);
      const [row] = await query(again, "SELECT pg_read_file('/proc/self/status') AS status");
      expect(row?.status).toMatch(/^Uid:\s+65534/m);
    },
  );

  it.runIf(asRoot)(
    "gives a database that a backup put back as root to its user again",
    async () => {
      const dataDir = await folder();
      const before = await start(dataDir);
      await query(before, "CREATE TABLE kept ()");
      await before.stop();
      execFileSync("chown", ["-R", "0:0", join(dataDir, "postgres")]);
      await chmod(join(dataDir, "postgres"), 0o755);
      expect(await query(await start(dataDir), "SELECT count(*)::int FROM kept")).toEqual([
        { count: 0 },
      ]);
    },
  );

  it("starts over a first start that was cut short", async () => {
    const dataDir = await folder();
    await mkdir(join(dataDir, "postgres.new-x/base"), { recursive: true });
    await writeFile(join(dataDir, "postgres.new-x/PG_VERSION"), "18\n");
    expect(await query(await start(dataDir), "SELECT 1 AS one")).toEqual([{ one: 1 }]);
    expect(await readdir(dataDir)).not.toContain("postgres.new-x");
  });

  it("says so when the folder named postgres holds something else", async () => {
    const dataDir = await folder();
    await mkdir(join(dataDir, "postgres"));
    const error = await refusal(start(dataDir));
    expect(error.code).toBe("postgres_did_not_start");
    expect(error.message).toContain("holds no PostgreSQL database (it has no PG_VERSION)");
  });

  it("gives the last lines of the log when the server does not start, and frees the folder", async () => {
    const dataDir = await folder();
    const before = await start(dataDir);
    await before.stop();
    const conf = join(dataDir, "postgres/postgresql.conf");
    const sound = await readFile(conf, "utf8");
    await writeFile(conf, `${sound}work_mem = 'plenty'\n`);
    const error = await refusal(start(dataDir));
    expect(error.code).toBe("postgres_did_not_start");
    expect(error.message).toMatch(
      /^The embedded PostgreSQL did not start\. Its log .*postgres\.log ends:\n/,
    );
    expect(error.message).toContain('invalid value for parameter "work_mem": "plenty"');
    await writeFile(conf, sound);
    await start(dataDir);
  });

  it.each([
    [
      "17",
      "data_folder_is_older",
      "which cannot read it. Nothing was changed. To carry it over, start the Heed version that wrote it, and beside it run: pg_dump -h ",
    ],
    [
      "9.6",
      "data_folder_is_older",
      "was written by PostgreSQL 9.6; this Heed brings PostgreSQL 18",
    ],
    [
      "19",
      "data_folder_is_newer",
      "was written by PostgreSQL 19, which is newer than the 18 that this Heed brings. Nothing was changed. Start the newer Heed again",
    ],
  ])("refuses a folder written by PostgreSQL %s", async (written, code, message) => {
    const dataDir = await folder();
    await mkdir(join(dataDir, "postgres"));
    await writeFile(join(dataDir, "postgres/PG_VERSION"), `${written}\n`);
    const error = await refusal(start(dataDir));
    expect(error.code).toBe(code);
    expect(error.message).toContain(message);
    expect(await readdir(dataDir)).toEqual(["postgres"]);
  });
});
