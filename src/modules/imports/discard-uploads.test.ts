import { existsSync } from "node:fs";
import { Readable } from "node:stream";
import { afterAll, beforeAll, expect, test } from "vitest";
import { newId } from "../../kernel/ids.ts";
import { discardUploads } from "./discard-uploads.ts";
import { findImport, insertImport, updateImport } from "./queries.ts";
import { storeUpload, uploadPath } from "./store-upload.ts";
import { type Stage, setStage } from "./testing.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterAll(() => stage.close());

const day = 24 * 3_600_000;

async function upload(state: "uploaded" | "checked" | "finished" | "cancelled"): Promise<string> {
  const id = newId();
  const bytes = await storeUpload(stage.dataDir, id, Readable.from(["Email\nada@example.org\n"]));
  await stage.in(async (tx) => {
    await insertImport(tx, {
      id,
      file_name: "people.csv",
      stored_as: id,
      bytes,
      encoding: "utf-8",
      delimiter: ",",
      header: ["Email"],
      mapping: [],
      created_by: null,
    });
    await updateImport(tx, id, {
      state,
      ...(state === "cancelled" ? { checkpoint: { row: 1 } } : {}),
    });
  });
  return id;
}

const isThere = async (id: string) => [
  (await stage.in((tx) => findImport(tx, id))) !== undefined,
  existsSync(uploadPath(stage.dataDir, id)),
];

test("an upload that nobody ran goes after a week, file and all; what was run stays", async () => {
  const never = await upload("uploaded");
  const looked = await upload("checked");
  const partly = await upload("cancelled");
  const done = await upload("finished");
  expect(await discardUploads(stage.db, stage.dataDir, new Date(Date.now() + 6 * day))).toBe(0);
  expect(await isThere(never)).toEqual([true, true]);

  expect(await discardUploads(stage.db, stage.dataDir, new Date(Date.now() + 8 * day))).toBe(2);
  expect(await isThere(never)).toEqual([false, false]);
  expect(await isThere(looked)).toEqual([false, false]);
  expect(await isThere(partly)).toEqual([true, true]);
  expect(await isThere(done)).toEqual([true, true]);
});
