import fc from "fast-check";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { newId } from "../../../kernel/ids.ts";
import { type Report, reportMessages } from "../report-messages.ts";
import { type SendingServer, sendingServer } from "../testing.ts";

let heed: SendingServer;
beforeAll(async () => {
  heed = await sendingServer();
});
afterAll(() => heed.close());

/** A new account that handed over a message on each of two days. */
async function accountWithTwo(): Promise<{ accountId: string; messageIds: string[] }> {
  const { body } = await heed.call("POST", "/sending-accounts", {
    body: {
      provider: "smtp",
      name: newId(),
      from_address: "ada@sender.example",
      host: "127.0.0.1",
      security: "none",
    },
  });
  const messageIds = [newId(), newId()];
  await heed.db.inWorkspace(heed.workspaceId, (tx) =>
    sql`
      INSERT INTO message (workspace_id, id, address, key, account_id, state, finished_at)
      SELECT ${tx.workspaceId}, m.id, 'x@there.example', ${newId()}, ${body.id}, 'accepted', now() - m.at * interval '1 day'
      FROM unnest(${messageIds}::uuid[]) WITH ORDINALITY AS m(id, at)`.execute(tx),
  );
  return { accountId: body.id, messageIds };
}

/** What an account's figures are after these reports, each in a transaction of its own or all in one. */
async function after(
  said: readonly { of: number; fact: Report["fact"]; hard: boolean }[],
  together: boolean,
): Promise<unknown> {
  const { accountId, messageIds } = await accountWithTwo();
  const reports = said.map(({ of, ...each }) => ({
    ...each,
    messageId: messageIds[of] as string,
    because: null,
  }));
  for (const batch of together ? [reports] : reports.map((each) => [each])) {
    await heed.db.inWorkspace(heed.workspaceId, (tx) => reportMessages(tx, batch));
  }
  const { breaker } = (await heed.call("GET", `/sending-accounts/${accountId}`)).body;
  return breaker;
}

test("an account's figures are the same whatever the order and repetition of reports", async () => {
  const report = fc.constantFrom(
    ...[0, 1].flatMap((of) => [
      { of, fact: "delivered" as const, hard: false },
      { of, fact: "bounced" as const, hard: false },
      { of, fact: "bounced" as const, hard: true },
      { of, fact: "complained" as const, hard: false },
    ]),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(report, { maxLength: 8 }), fc.boolean(), async (said, together) => {
      const about = (fact: Report["fact"], hard: boolean) =>
        new Set(said.filter((r) => r.fact === fact && r.hard === hard).map((r) => r.of)).size;
      expect(await after(said, together)).toMatchObject({
        hard_bounces: about("bounced", true),
        complaints: about("complained", false),
      });
    }),
    { numRuns: 40 },
  );
});

test("what messages of eight days ago meet is no longer counted", async () => {
  const { accountId, messageIds } = await accountWithTwo();
  await heed.db.inWorkspace(heed.workspaceId, async (tx) => {
    await sql`UPDATE message SET finished_at = now() - interval '8 days' WHERE id = ${messageIds[0]}`.execute(
      tx,
    );
    await reportMessages(
      tx,
      messageIds.map((messageId) => ({ messageId, fact: "bounced", because: null, hard: true })),
    );
  });
  const { breaker } = (await heed.call("GET", `/sending-accounts/${accountId}`)).body;
  expect(breaker).toMatchObject({ days: 7, hard_bounces: 1, tripped_at: null });
});
