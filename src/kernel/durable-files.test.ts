import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { DurableFiles } from "./durable-files.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "heed-files-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function readAll(files: DurableFiles): Promise<unknown[]> {
  const entries: unknown[] = [];
  for await (const entry of files.read("journal/stops")) entries.push(entry);
  return entries;
}

test("entries come back in the order in which they were appended, by whoever opens the folder next", async () => {
  const first = new DurableFiles(folder);
  await Promise.all([
    first.append("journal/stops", [{ n: 1 }, { n: 2 }]),
    first.append("journal/stops", [{ n: 3 }]),
  ]);
  await first.close();
  expect(await readAll(new DurableFiles(folder))).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }]);
});

test("half a line that a power cut left costs that line alone, not the next one", async () => {
  const before = new DurableFiles(folder);
  await before.append("journal/stops", [{ n: 1 }]);
  await before.close();
  const [file] = readdirSync(join(folder, "journal"));
  writeFileSync(join(folder, "journal", file as string), '{"n":2', { flag: "a" });
  const after = new DurableFiles(folder);
  await after.append("journal/stops", [{ n: 3 }]);
  await after.close();
  expect(await readAll(after)).toEqual([{ n: 1 }, { n: 3 }]);
});
