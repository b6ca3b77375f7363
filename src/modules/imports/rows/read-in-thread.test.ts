import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { Secrets } from "../../../kernel/secrets.ts";
import { type BatchSource, openBatches, type Reading } from "./open-batches.ts";
import { readInThread } from "./read-in-thread.ts";

const folder = mkdtempSync(join(tmpdir(), "heed-thread-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const secrets = new Secrets([Buffer.alloc(32, 7)]);

function reading(text: string, change: Partial<Reading> = {}): Reading {
  const path = join(folder, "people.csv");
  writeFileSync(path, text);
  return {
    path,
    encoding: "utf-8",
    delimiter: ",",
    mapping: [
      { column: "Email", field: "email" },
      { column: "First name", field: "first_name" },
      { column: "Unsubscribed", field: "unsubscribed" },
    ],
    defaultCountry: undefined,
    owners: new Map(),
    ownerId: null,
    size: 30,
    after: 0,
    ...change,
  };
}

/** All that the batches hold, without the ids, which are new each time. */
async function contentOf(source: BatchSource) {
  const id = /[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/g;
  const batches = [];
  for await (const batch of source.batches) {
    const { text, contactIds, ...rest } = batch;
    batches.push({
      ...rest,
      lines: Buffer.concat(text).toString().replace(id, "id"),
      rows: [...contactIds.keys()],
    });
  }
  await source.close();
  return { total: source.total, batches };
}

const people = `Email,First name,Unsubscribed\n${Array.from({ length: 200 }, (_, i) =>
  i % 20 === 7 ? "broken\n" : `p${i % 150}@example.org,Zoë\\${i},${i % 10 === 3 ? "yes" : ""}\n`,
).join("")}`;

test.each([0, 75])("reads in a thread what is read here, from row %i on", async (after) => {
  const asked = reading(people, { after });
  const here = await contentOf(await openBatches(asked, secrets));
  expect(here.batches.length).toBeGreaterThan(3);
  expect(here.batches.some((batch) => batch.stops.length > 0)).toBe(true);
  expect(await contentOf(await readInThread(asked, secrets))).toEqual(here);
});

test("says of a file that cannot be read what is wrong with it, before any batch", async () => {
  const asked = reading(`${people}p999@example.org,"Ada,\n`);
  await expect(readInThread(asked, secrets)).rejects.toMatchObject({ code: "csv_unclosed_quote" });
  await expect(
    readInThread({ ...asked, path: join(folder, "nowhere.csv") }, secrets),
  ).rejects.toMatchObject({ code: "import_file_gone" });
});

test("can be left after a batch", async () => {
  const source = await readInThread(reading(people), secrets);
  for await (const batch of source.batches) {
    expect(batch.rows).toBe(30);
    break;
  }
  await source.close();
});
