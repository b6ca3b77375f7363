import { afterAll, beforeAll, expect, test } from "vitest";
import { startHeed, type TestHeed } from "../support/heed.ts";
import { cli } from "./support/cli.ts";
import { contact, listOf } from "./support/outreach.ts";

let heed: TestHeed;
beforeAll(async () => {
  // No worker: the command does the work itself.
  heed = await startHeed({ roles: ["web"] });
});
afterAll(() => heed.stop());

test("deletes, lists, restores, purges and erases from a terminal, with a preview and a typed word", {
  timeout: 180_000,
}, async () => {
  const ada = await contact(heed, "ada@terminal.example");
  const dry = await cli(heed, "delete", "ada@terminal.example", "--dry-run", "--json");
  expect([dry.code, dry.json.count, dry.json.confirm]).toEqual([0, 1, "DELETE"]);
  expect(dry.json.token).toBeUndefined();
  const unconfirmed = await cli(heed, "delete", "ada@terminal.example");
  expect([unconfirmed.code, unconfirmed.stderr]).toEqual([
    1,
    expect.stringContaining("--confirm DELETE"),
  ]);
  const wrong = await cli(heed, "delete", "ada@terminal.example", "--confirm", "1");
  expect(wrong.code).toBe(1);
  expect((await heed.call("GET", `/contacts/${ada.id}`)).status).toBe(200);

  const done = await cli(heed, "delete", "ada@terminal.example", "--confirm", "DELETE", "--json");
  expect([done.code, done.json.counts]).toEqual([0, { removed: 1, skipped: 0 }]);
  const bin = await cli(heed, "bin", "ada", "--json");
  expect(bin.json).toMatchObject({ count: 1, items: [{ id: ada.id }] });
  expect((await cli(heed, "restore", ada.id)).code).toBe(0);
  expect((await heed.call("GET", `/contacts/${ada.id}`)).status).toBe(200);

  const { id: list } = await listOf(heed, ["p@terminal.example", "q@terminal.example"]);
  const all = await cli(
    heed,
    "delete",
    "--list",
    list,
    "--also-list",
    "--confirm",
    "DELETE",
    "--json",
  );
  expect(all.json.counts).toEqual({ removed: 2, skipped: 0 });
  const back = await cli(heed, "restore", all.json.deletion_id, "--deletion", "--json");
  expect(back.json.counts).toEqual({ restored: 2 });
  const again = await cli(heed, "delete", "--list", list, "--confirm", "DELETE", "--json");
  const purge = await cli(
    heed,
    "bin",
    "--purge",
    again.json.deletion_id,
    "--confirm",
    "DELETE",
    "--json",
  );
  expect(purge.json.counts).toEqual({ purged: 2 });
  const erased = await cli(heed, "erase", ada.id, "--confirm", "DELETE", "--json");
  expect(erased.json.counts).toEqual({ removed: 1, skipped: 0 });
  expect((await heed.ok("GET", `/erasures/${erased.json.deletion_id}/certificate`)).contacts).toBe(
    1,
  );
});
