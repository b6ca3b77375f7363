import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { identify } from "./process-identity.ts";
import { kill, query, refusal, testServers } from "./testing.ts";

const { folder, start, startInChild, said, cleanUp } = testServers();
afterEach(cleanUp);

const pidOf = async (dataDir: string) =>
  Number((await readFile(join(dataDir, "postgres/postmaster.pid"), "utf8")).split("\n")[0]);
const writeLock = (dataDir: string, owner: object) =>
  writeFile(
    join(dataDir, "heed.lock"),
    JSON.stringify({ role: "owner", host: "h", since: "2026-01-01T00:00:00Z", ...owner }),
  );

describe("one Heed per data folder", () => {
  it("refuses a second owner, naming the first, and leaves that one alone", async () => {
    const dataDir = await folder();
    const child = await startInChild(dataDir);
    const error = await refusal(start(dataDir));
    expect(error.code).toBe("data_folder_in_use");
    expect(error.message).toMatch(
      new RegExp(
        `^The data folder ${dataDir} is in use by another Heed, process ${child.pid} \\(since .*\\)\\. Stop that one first \\(kill ${child.pid}\\), or set HEED_DATA to another folder\\.$`,
      ),
    );
    const guest = await start(dataDir, "guest");
    expect(await query(guest, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
  });

  it("lets a guest use the owner's server, and does not stop it with the guest", async () => {
    const dataDir = await folder();
    const owner = await start(dataDir);
    const guest = await start(dataDir, "guest");
    expect(guest).toMatchObject({ adopted: true, socketDir: owner.socketDir, url: owner.url });
    await query(guest, "CREATE TABLE made_by_guest ()");
    await guest.stop();
    expect(await query(owner, "SELECT count(*)::int FROM made_by_guest")).toEqual([{ count: 0 }]);
  });

  it("makes a guest the owner while no other runs", async () => {
    const dataDir = await folder();
    const guest = await start(dataDir, "guest");
    const pid = await pidOf(dataDir);
    const error = await refusal(start(dataDir));
    expect(error.code).toBe("data_folder_in_use");
    expect(error.message).toContain(`by a heed command, process ${process.pid}`);
    expect(error.message).toContain("Wait until it has finished, or set HEED_DATA");
    await guest.stop();
    expect(identify(pid)).toBeNull();
  });

  it("gives the folder to exactly one of many that start at once over a stale lock", async () => {
    const dataDir = await folder();
    await writeLock(dataDir, { pid: 4194303, started: "long ago" });
    const outcomes = await Promise.allSettled(Array.from({ length: 6 }, () => start(dataDir)));
    const refused = outcomes.flatMap((outcome) =>
      outcome.status === "rejected" ? [outcome.reason.code] : [],
    );
    expect(refused).toEqual(Array(5).fill("data_folder_in_use"));
  });

  it("gives the folder to one of several processes, again and again", async () => {
    const dataDir = await folder();
    await (await start(dataDir)).stop();
    for (let round = 0; round < 3; round++) {
      await writeLock(dataDir, { pid: 4194303, started: "long ago" });
      const outcomes = await Promise.allSettled([1, 2, 3].map(() => startInChild(dataDir)));
      const children = outcomes.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
      expect(children).toHaveLength(1);
      for (const one of outcomes) {
        if (one.status === "rejected") expect(one.reason.message).toContain("data_folder_in_use");
      }
      for (const child of children) await kill(child);
    }
  });

  it("lets many guests at once share one server", async () => {
    const dataDir = await folder();
    const guests = await Promise.all(Array.from({ length: 4 }, () => start(dataDir, "guest")));
    expect(guests.filter((guest) => !guest.adopted)).toHaveLength(1);
    for (const guest of guests) expect(await query(guest, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
  });

  it.each([
    ["a process that is gone", { pid: 4194303, started: "long ago" }],
    ["a process whose number another one has now", { pid: process.ppid, started: "long ago" }],
    ["an earlier process of this very number", { pid: process.pid, started: "long ago" }],
  ])("takes over the lock of %s", async (_, owner) => {
    const dataDir = await folder();
    await writeLock(dataDir, owner);
    await start(dataDir);
    expect(JSON.parse(await readFile(join(dataDir, "heed.lock"), "utf8"))).toMatchObject({
      pid: process.pid,
    });
  });

  it("takes over a lock that holds no sense, as after a full disk", async () => {
    const dataDir = await folder();
    await writeFile(join(dataDir, "heed.lock"), "");
    await start(dataDir);
  });
});

describe("a server left behind by a killed Heed", () => {
  it("goes on running and is taken over, with all that was committed, and stops with its new owner", async () => {
    const dataDir = await folder();
    const child = await startInChild(dataDir);
    const visitor = await start(dataDir, "guest");
    await query(visitor, "CREATE TABLE kept (id int); INSERT INTO kept VALUES (1)");
    await kill(child);
    const pid = await pidOf(dataDir);
    expect(identify(pid)).not.toBeNull();

    const server = await start(dataDir);
    expect(server.adopted).toBe(true);
    expect(said.at(-1)).toBe(
      `Taking over the database server that an earlier Heed left running (process ${pid}).`,
    );
    expect(await pidOf(dataDir)).toBe(pid);
    expect(await query(server, "SELECT id FROM kept")).toEqual([{ id: 1 }]);
    await server.stop();
    expect(identify(pid)).toBeNull();
  });

  it("is ended and started anew when it does not answer", async () => {
    const dataDir = await folder();
    await kill(await startInChild(dataDir));
    const pid = await pidOf(dataDir);
    process.kill(pid, "SIGSTOP");
    const server = await start(dataDir);
    expect(server.adopted).toBe(false);
    expect(said.join("\n")).toMatch(
      new RegExp(
        `left a database server running \\(process ${pid}\\) that does not answer \\(.*\\); ending it and starting anew`,
      ),
    );
    expect(identify(pid)).toBeNull();
    expect(await query(server, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
  }, 90_000);

  it("recovers when the server was killed as well, though work of its children goes on", async () => {
    const dataDir = await folder();
    const child = await startInChild(dataDir);
    const visitor = await start(dataDir, "guest");
    await query(visitor, "CREATE TABLE kept (id int); INSERT INTO kept VALUES (1)");
    const busy = query(visitor, "DO 'BEGIN FOR i IN 1..20000000 LOOP NULL; END LOOP; END'").catch(
      () => {},
    );
    await new Promise((done) => setTimeout(done, 100));
    process.kill(await pidOf(dataDir), "SIGKILL");
    await kill(child);
    const server = await start(dataDir);
    expect(server.adopted).toBe(false);
    expect(await query(server, "SELECT id FROM kept")).toEqual([{ id: 1 }]);
    await busy;
  });

  it("is not mistaken for another program that has its number now", async () => {
    const dataDir = await folder();
    const child = await startInChild(dataDir);
    process.kill(await pidOf(dataDir), "SIGKILL");
    await kill(child);
    await new Promise((done) => setTimeout(done, 300));
    for (const name of ["postmaster.pid", ".s.PGSQL.5432.lock"]) {
      const path = join(dataDir, "postgres", name);
      const lines = (await readFile(path, "utf8")).split("\n");
      await writeFile(path, [process.ppid, ...lines.slice(1)].join("\n"));
    }
    const server = await start(dataDir);
    expect(server.adopted).toBe(false);
    expect(said.at(-1)).toBe(
      "The database was not shut down cleanly the last time; it recovers by itself.",
    );
    expect(await query(server, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
    expect(identify(process.ppid)).not.toBeNull();
  });

  it("is left alone when it belongs to a Heed that this one cannot see, as in another container", async () => {
    const dataDir = await folder();
    const owner = await start(dataDir);
    const path = join(dataDir, "postgres/postmaster.pid");
    const sound = await readFile(path, "utf8");
    // What another process namespace looks like from here: the numbers mean nothing, the socket answers.
    await writeFile(path, ["4194303", ...sound.split("\n").slice(1)].join("\n"));
    await writeLock(dataDir, { pid: 4194303, started: "elsewhere" });
    const error = await refusal(start(dataDir));
    expect(error.code).toBe("data_folder_in_use");
    expect(error.message).toContain(
      "its database answers, as process 4194303 of another container or machine",
    );
    await writeFile(path, sound);
    expect(await query(owner, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
  });
});
