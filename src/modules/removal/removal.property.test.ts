import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { tracesOf } from "../../../test/builders/traces.ts";
import { buildWorkspace } from "../../../test/builders/workspace.ts";
import { confirmed, everything, work } from "../../../test/races/support/removal-stage.ts";
import { freshDatabase, type TestDatabase } from "../../../test/support/database.ts";
import { reactions } from "../../app/reactions.ts";
import type { Tx } from "../../kernel/database/index.ts";
import { newId } from "../../kernel/ids.ts";
import { makeStop, type StopKind, sendingStatus } from "../consent/index.ts";
import { createContact } from "../contacts/index.ts";
import { importFile } from "../imports/index.ts";
import { operator } from "../ledger/index.ts";
import {
  confirmDeletion,
  operatorViewer,
  previewDeletion,
  purgeEarly,
  restoreOne,
  startRestoration,
} from "./index.ts";

let database: TestDatabase;
let folder: string;
beforeAll(async () => {
  database = await freshDatabase({ reactions });
  folder = mkdtempSync(join(tmpdir(), "heed-removal-"));
});
afterAll(async () => {
  await database.close();
  rmSync(folder, { recursive: true, force: true });
});

type Act =
  | { act: "create" | "import" | "restore" | "purge" | "erase" | "link"; of: number }
  | { act: "stop"; of: number; kind: StopKind }
  | { act: "delete"; of: number[] }
  | { act: "delete and take back"; of: number[] };

const someone = fc.nat({ max: 3 });
const some = fc.uniqueArray(someone, { minLength: 1 });
const kinds = fc.constantFrom<StopKind>(
  "deactivation",
  "do_not_disturb",
  "do_not_contact",
  "unsubscribe",
);
const anyAct: fc.Arbitrary<Act> = fc.oneof(
  fc.record({
    act: fc.constantFrom("create" as const, "import" as const, "restore" as const, "link" as const),
    of: someone,
  }),
  fc.record({ act: fc.constantFrom("purge" as const, "erase" as const), of: someone }),
  fc.record({ act: fc.constant("stop" as const), of: someone, kind: kinds }),
  fc.record({ act: fc.constant("delete" as const), of: some }),
  fc.record({ act: fc.constant("delete and take back" as const), of: some }),
);

const refusalOf = {
  deactivation: "deactivated",
  do_not_disturb: "do_not_disturb",
  do_not_contact: "do_not_contact",
  unsubscribe: "unsubscribed",
} as const;
const by = { userId: null, apiKeyId: null };
let run = 0;

/** One workspace, four people, and what must be true of them. */
class World {
  readonly mark = `r${++run}`;
  readonly expected: Set<string>[] = Array.from({ length: 4 }, () => new Set());
  /** Messages that went, which no removal changes. */
  sent = 0;
  private constructor(readonly workspaceId: string) {}

  static async make(): Promise<World> {
    return new World(await buildWorkspace(database.db));
  }

  email = (who: number) => `canary${who}.${this.mark}@people.example`;
  lastName = (who: number) => `Quillwing${who}${this.mark}`;
  in = <T>(act: (tx: Tx) => Promise<T>) => database.db.inWorkspace(this.workspaceId, act);

  /** The contact with this address, live or the newest in the bin. */
  async holder(who: number, where: "live" | "bin" | "any"): Promise<string | null> {
    const { rows } = await this.in((tx) =>
      sql<{ id: string }>`
        SELECT id FROM contact WHERE email = ${this.email(who)}
          AND ${where === "any" ? sql`true` : where === "live" ? sql`deletion_id IS NULL` : sql`deletion_id IS NOT NULL`}
        ORDER BY deletion_id IS NULL DESC, id DESC LIMIT 1`.execute(tx),
    );
    return rows[0]?.id ?? null;
  }

  async listOf(who: readonly number[]): Promise<string | null> {
    const ids = (await Promise.all(who.map((each) => this.holder(each, "live")))).filter(
      (id) => id !== null,
    );
    if (ids.length === 0) return null;
    const listId = newId();
    await this.in(async (tx) => {
      await sql`INSERT INTO list (workspace_id, id, name) VALUES (${tx.workspaceId}, ${listId}, ${listId})`.execute(
        tx,
      );
      await sql`INSERT INTO list_member (workspace_id, list_id, contact_id) SELECT ${tx.workspaceId}, ${listId}, unnest(${ids}::uuid[])`.execute(
        tx,
      );
    });
    return listId;
  }

  async create(who: number): Promise<void> {
    await this.in((tx) =>
      createContact(tx, {
        contact: {
          first_name: "Canary",
          last_name: this.lastName(who),
          addresses: [{ channel: "email", value: this.email(who) }],
        },
        viewer: operatorViewer,
        actor: operator,
      }),
    ).catch((error) => {
      if (error.code !== "address_taken") throw error;
    });
  }

  async import(who: number): Promise<void> {
    const path = join(folder, "people.csv");
    writeFileSync(
      path,
      `Email,First name,Last name\n${this.email(who)},Canary,${this.lastName(who)}\n`,
    );
    await importFile(database.db, { workspaceId: this.workspaceId, actor: operator, path });
    rmSync(path);
  }

  async link(who: number): Promise<void> {
    const id = await this.holder(who, "live");
    if (!id) return;
    await this.in(async (tx) => {
      await sql`INSERT INTO note (workspace_id, id, contact_id, text) VALUES (${tx.workspaceId}, ${newId()}, ${id}, ${`met ${this.lastName(who)}`})`.execute(
        tx,
      );
      await sql`
        INSERT INTO message (workspace_id, id, contact_id, address, key, account_id, state, response)
        SELECT workspace_id, ${newId()}, id, email, email_key, ${newId()}, 'accepted', '250 ' || email FROM contact WHERE id = ${id}`.execute(
        tx,
      );
    });
    this.sent++;
  }

  async stop(who: number, kind: StopKind): Promise<void> {
    const id = await this.holder(who, "live");
    if (!id) return;
    await this.in((tx) =>
      makeStop(tx, {
        kind,
        subject: { contactId: id },
        channel: kind === "deactivation" || kind === "do_not_contact" ? null : "email",
        cause: "user",
        because: `${this.lastName(who)} said so`,
        actor: operator,
      }),
    );
    this.expected[who]?.add(refusalOf[kind as keyof typeof refusalOf]);
  }

  async delete(who: readonly number[], takeBack: boolean): Promise<void> {
    const listId = await this.listOf(who);
    if (!listId) return;
    const before = await this.in(everything);
    const stage = { db: database.db, workspaceId: this.workspaceId };
    const { deletionId, jobId } = await confirmed(stage, listId, "bin", by, false);
    await work(database.db, this.workspaceId, jobId);
    if (!takeBack) return;
    const back = await this.in((tx) =>
      startRestoration(tx, {
        deletionId,
        contactIds: null,
        onConflict: "refuse",
        by,
        actor: operator,
        now: new Date(),
      }),
    );
    await work(database.db, this.workspaceId, back);
    // D2: restore(delete(x)) = x over every linked row.
    expect(await this.in(everything)).toEqual(before);
  }

  async restore(who: number): Promise<void> {
    const id = await this.holder(who, "bin");
    if (!id) return;
    const live = await this.holder(who, "live");
    const restoring = restoreOne(
      database.db,
      {},
      { workspaceId: this.workspaceId, contactId: id, onConflict: "refuse", by, now: new Date() },
    );
    if (live)
      await expect(restoring).rejects.toMatchObject({
        code: "address_taken",
        details: { contact_id: live },
      });
    else await restoring;
  }

  async purge(who: number): Promise<void> {
    const id = await this.holder(who, "bin");
    if (!id) return;
    const jobId = await this.in((tx) =>
      purgeEarly(tx, {
        deletionId: null,
        contactIds: [id],
        confirm: "DELETE",
        viewer: operatorViewer,
        by,
        actor: operator,
      }),
    );
    await work(database.db, this.workspaceId, jobId);
  }

  async erase(who: number): Promise<void> {
    const { rows } = await this.in((tx) =>
      sql<{ id: string }>`SELECT id FROM contact WHERE email = ${this.email(who)}`.execute(tx),
    );
    if (rows.length === 0) return;
    const jobId = await this.in(async (tx) => {
      const common = { viewer: operatorViewer, by, now: new Date() };
      const selection = { ids: rows.map((row) => row.id) };
      const { token, confirm } = await previewDeletion(tx, { ...common, selection, mode: "erase" });
      return (
        await confirmDeletion(tx, { ...common, token, confirm, suppress: true, actor: operator })
      ).job_id as string;
    });
    await work(database.db, this.workspaceId, jobId);
    this.expected[who]?.add("suppressed");
    // E1: the keyed hash alone stays.
    expect(await tracesOf(database, [this.email(who), this.lastName(who)])).toEqual([]);
  }

  async check(): Promise<void> {
    for (let who = 0; who < 4; who++) {
      const id = await this.holder(who, "live");
      if (!id) continue;
      // S5, S6: every stop ever made on the person or the address holds, however they came to be there.
      const status = await this.in((tx) => sendingStatus(tx, { contactId: id, channel: "email" }));
      expect(new Set(status.refusals.map((each) => each.code))).toEqual(this.expected[who]);
    }
    const { rows } = await this.in((tx) =>
      sql<{ sent: number; orphans: number; twice: number }>`
        SELECT (SELECT count(*) FROM message WHERE state = 'accepted') AS sent,
               (SELECT count(*) FROM note n WHERE NOT EXISTS (SELECT FROM contact c WHERE c.id = n.contact_id)) AS orphans,
               (SELECT count(*) FROM (SELECT email FROM live_contact GROUP BY email HAVING count(*) > 1) d) AS twice`.execute(
        tx,
      ),
    );
    // D5: what was sent stays counted.
    expect(rows[0]).toEqual({ sent: this.sent, orphans: 0, twice: 0 });
  }

  async do(step: Act): Promise<void> {
    if (step.act === "stop") await this.stop(step.of, step.kind);
    else if (step.act === "delete") await this.delete(step.of, false);
    else if (step.act === "delete and take back") await this.delete(step.of, true);
    else await this[step.act](step.of);
    await this.check();
  }
}

test("whatever is created, stopped, deleted, restored, purged, erased and imported: stops hold, nothing is lost, nothing lingers", {
  timeout: 180_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyAct, { minLength: 5, maxLength: 14 }), async (acts) => {
      const world = await World.make();
      await world.create(0);
      await world.create(1);
      await world.link(0);
      for (const step of acts) await world.do(step);
    }),
    { numRuns: 25 },
  );
});
