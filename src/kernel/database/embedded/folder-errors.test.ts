import { execFileSync } from "node:child_process";
import { chmod, mkdir, readdir, rm, statfs, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { query, refusal, testServers } from "./testing.ts";

const { folder, smallDisk, start, startInChild, cleanUp } = testServers();
afterEach(cleanUp);

const canMount = (() => {
  try {
    execFileSync("unshare", ["--mount", "mount", "-t", "tmpfs", "none", "/mnt"], {
      stdio: "ignore",
    });
    return process.geteuid?.() === 0;
  } catch {
    return false;
  }
})();

describe("a data folder that cannot be written", () => {
  it("is refused when a file stands in its place", async () => {
    const path = join(await folder(), "data");
    await writeFile(path, "");
    for (const dataDir of [path, join(path, "below")]) {
      const error = await refusal(start(dataDir));
      expect(error.code).toBe("data_folder_not_writable");
      expect(error.message).toMatch(
        new RegExp(
          `^Heed cannot write to its data folder ${dataDir} \\(.*\\)\\. Make it a folder that this user may write to, or set HEED_DATA to another one\\.$`,
        ),
      );
    }
  });

  it.runIf(process.platform === "linux")(
    "is refused where no folder can be made, even by root",
    async () => {
      const error = await refusal(start("/proc/heed"));
      expect(error.code).toBe("data_folder_not_writable");
      expect(error.message).toContain("/proc/heed");
    },
  );

  it.runIf(process.geteuid?.() === 0)("is refused to a user who may not write to it", async () => {
    const dataDir = await folder();
    await chmod(dataDir, 0o755);
    await expect(startInChild(dataDir, { uid: 65534, gid: 65534 })).rejects.toThrow(
      `data_folder_not_writable: Heed cannot write to its data folder ${dataDir} (EACCES`,
    );
  });

  it.runIf(process.geteuid?.() === 0)(
    "is refused to a user other than the one who owns the database",
    async () => {
      const dataDir = await folder();
      const server = await start(dataDir);
      await server.stop();
      await chmod(dataDir, 0o777);
      await rm(join(dataDir, "postgres.log"));
      execFileSync("chown", ["-R", "12345", join(dataDir, "postgres")]);
      await expect(startInChild(dataDir, { uid: 65534, gid: 65534 })).rejects.toThrow(
        /^the child says data_folder_not_writable: /,
      );
    },
  );

  it.runIf(canMount)("is refused on a disk that is mounted read-only", async () => {
    const dataDir = await smallDisk(200);
    const server = await start(dataDir);
    await server.stop();
    execFileSync("mount", ["-o", "remount,ro", dataDir]);
    const error = await refusal(start(dataDir));
    expect(error.code).toBe("data_folder_not_writable");
    expect(error.message).toContain("read-only file system");
  });
});

describe.runIf(canMount)("a full disk", () => {
  it("is named when there is no room for a new database, and leaves nothing behind", async () => {
    const dataDir = await smallDisk(20);
    const error = await refusal(start(dataDir));
    expect(error.code).toBe("data_folder_full");
    expect(error.message).toMatch(
      new RegExp(
        `^The disk that holds the data folder ${dataDir} is full \\(\\d+ MB free\\)\\. Free some space, then start Heed again: what was stored is kept\\.$`,
      ),
    );
    expect(await readdir(dataDir)).toEqual([]);
  });

  it("is named when not even the lock can be written", async () => {
    const dataDir = await smallDisk(1);
    await mkdir(join(dataDir, "x"));
    await fill(dataDir, 0);
    expect((await refusal(start(dataDir))).code).toBe("data_folder_full");
  });

  it("is named when PostgreSQL runs out of space while it starts, and the data is there once there is room", async () => {
    const dataDir = await smallDisk(300);
    const child = await startInChild(dataDir);
    const visitor = await start(dataDir, "guest");
    await query(visitor, "CREATE TABLE kept AS SELECT generate_series(1, 100000) AS id");
    // A killed server recovers from its log at the next start, and needs room to do so.
    execFileSync("sh", ["-c", `kill -9 $(head -n 1 ${dataDir}/postgres/postmaster.pid)`]);
    child.kill("SIGKILL");
    await new Promise((done) => child.once("exit", done));
    await fill(dataDir, 64 * 1024);
    const error = await refusal(start(dataDir));
    expect(error.code).toBe("data_folder_full");
    await rm(join(dataDir, "filler"));
    expect(await query(await start(dataDir), "SELECT count(*)::int FROM kept")).toEqual([
      { count: 100_000 },
    ]);
  });
});

/** Fills the disk but for so many bytes. */
async function fill(path: string, leave: number): Promise<void> {
  const { bavail, bsize } = await statfs(path);
  await writeFile(join(path, "filler"), Buffer.alloc(bavail * bsize - leave)).catch(() => {});
}
