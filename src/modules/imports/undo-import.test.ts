import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { freshDatabase, type TestDatabase } from "../../../test/support/database.ts";
import { newWorkspace, type Stage } from "./testing.ts";
import { undoImport } from "./undo-import.ts";

let shared: TestDatabase;
let stage: Stage;
beforeAll(async () => {
  shared = await freshDatabase();
});
afterAll(() => shared.close());
beforeEach(async () => {
  stage = await newWorkspace(shared);
});

const undo = (importId: string, batchSize?: number) =>
  undoImport(stage.db, {
    workspaceId: stage.workspaceId,
    importId,
    actor: { type: "user", id: stage.userId },
    jobId: null,
    ...(batchSize ? { batchSize } : {}),
  });

const membersOf = () =>
  stage.in(async (tx) =>
    (
      await sql<{ email: string }>`
    SELECT email FROM list_member JOIN contact ON id = contact_id ORDER BY 1`.execute(tx)
    ).rows.map((row) => row.email),
  );

describe("undoing an import", () => {
  test.each([1, 2, 1_000])(
    "takes back what it added and changed (batches of %i)",
    async (batchSize) => {
      await stage.importText(
        "Email,First name,Company,Phone,City\nada@example.org,Ada,Analytical,+32470123456,London\nbo@example.org,Bo,,,\n",
      );
      const before = await stage.contacts();
      const { importId } = await stage.importText(
        "Email,First name,Company,Phone,City,Owner email\nada@example.org,Augusta,Engines,+32470999999,Paris,\nnew1@example.org,,,,,\nnew2@example.org,,,,,\nbo@example.org,Bo,,,,\n",
        { listId: stage.listId },
      );
      expect(await membersOf()).toHaveLength(4);
      expect(await undo(importId, batchSize)).toEqual({
        removed: 2,
        restored: 1,
        taken_off_list: 2,
      });
      expect(await stage.contacts()).toEqual(before);
      expect(await membersOf()).toEqual([]);
    },
  );

  test("keeps what somebody changed or used since, and says why", async () => {
    await stage.importText("Email,First name\nold@example.org,Old\n");
    const { importId } = await stage.importText(
      "Email,First name\nold@example.org,New\nedited@example.org,E\nlisted@example.org,L\nbinned@example.org,B\nplain@example.org,P\n",
    );
    await stage.in(async (tx) => {
      await sql`UPDATE contact SET company = 'Acme', updated_at = now() + interval '1 second'
        WHERE email IN ('old@example.org', 'edited@example.org')`.execute(tx);
      await sql`INSERT INTO list_member (workspace_id, list_id, contact_id)
        SELECT workspace_id, ${stage.listId}, id FROM contact WHERE email = 'listed@example.org'`.execute(
        tx,
      );
      await sql`UPDATE contact SET deletion_id = id WHERE email = 'binned@example.org'`.execute(tx);
    });
    expect(await undo(importId)).toEqual({
      removed: 1,
      restored: 0,
      taken_off_list: 0,
      "kept.changed_since": 2,
      "kept.on_another_list": 1,
      "kept.deleted_since": 1,
    });
    expect((await stage.contacts()).map((contact) => contact.email)).toEqual([
      "edited@example.org",
      "listed@example.org",
      "old@example.org",
    ]);
  });

  test("leaves a list that the contact was on before", async () => {
    await stage.importText("Email\na@example.org\n", { listId: stage.listId });
    const { importId } = await stage.importText("Email\na@example.org\nb@example.org\n", {
      listId: stage.listId,
    });
    await undo(importId);
    expect(await membersOf()).toEqual(["a@example.org"]);
  });

  test("every stop stays, and covers whoever is imported with the address again", async () => {
    const text =
      "Email,Unsubscribed,Do not contact,DND email\na@example.org,yes,,\nb@example.org,,yes,\nc@example.org,,,yes\nd@example.org,,,\n";
    const { importId } = await stage.importText(text);
    const stops = await stage.standing();
    expect(await undo(importId)).toMatchObject({ removed: 4 });
    expect(await stage.contacts()).toEqual([]);
    const kept = await stage.standing();
    expect(kept).toEqual(
      expect.arrayContaining([
        "unsubscribe import address email a@example.org",
        "suppression import address b@example.org",
        "suppression import address email c@example.org",
      ]),
    );
    expect(kept.length).toBeGreaterThanOrEqual(stops.length);
    const { counts } = await stage.importText(
      "Email\na@example.org\nb@example.org\nc@example.org\nd@example.org\n",
    );
    expect(counts).toMatchObject({ created: 1, stopped_created: 3 });
  });
});
