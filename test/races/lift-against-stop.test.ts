import { sql } from "kysely";
import { expect, test } from "vitest";
import { isHeedError } from "../../src/kernel/errors.ts";
import { liftStop, makeStop } from "../../src/modules/consent/index.ts";
import { system } from "../../src/modules/ledger/index.ts";
import { cancelOnly } from "./support/open-database.ts";
import { keepRaceLog } from "./support/race-log.ts";
import { slowly } from "./support/slowly.ts";
import { addContact, setStage } from "./support/stage.ts";

const lifter = { as: "user", permissions: new Set(["contacts.reactivate"]) } as const;
const soon = () => new Promise((wake) => setTimeout(wake, Math.random() * 25));

test("whoever stops while the same stop is being lifted is told of a stop that stands", async () => {
  const stage = await setStage({
    smtpPort: 25,
    poolSize: 14,
    inMemory: true,
    reactions: cancelOnly,
  });
  try {
    await keepRaceLog(stage.db);
    await stage.db.pool.query("GRANT INSERT, SELECT ON race_log TO heed_app");
    const wrong: string[] = [];
    const outcomes = { anew: 0, stood: 0 };
    const round = async (i: number) => {
      const contact = await addContact(stage, `lifted${i}@to.example`);
      const request = {
        kind: "deactivation",
        subject: { contactId: contact.id },
        cause: "user",
        actor: system,
      } as const;
      const first = await stage.db.inWorkspace(stage.workspaceId, (tx) => makeStop(tx, request));
      const lift = soon().then(() =>
        stage.db.inWorkspace(stage.workspaceId, (tx) =>
          liftStop(slowly(tx, 5), {
            stopId: first.stop.id,
            actor: system,
            lifter,
            authorization: "asked to",
          }),
        ),
      );
      const again = soon().then(() =>
        stage.db.inWorkspace(stage.workspaceId, async (tx) => {
          const receipt = await makeStop(slowly(tx, 5), request);
          // Its place in the order of commits: it holds the fence until then.
          await sql`INSERT INTO race_log (act, row) VALUES ('again', to_jsonb(${receipt.stop.id}::text))`.execute(
            tx,
          );
          return receipt;
        }),
      );
      const [receipt] = await Promise.all([again, lift.catch(ignoreConflict)]);
      const { rows } = await stage.db.pool.query(
        `SELECT EXISTS (SELECT FROM standing_stop WHERE stop_id = $1) AS stands,
           (SELECT l.n > a.n FROM race_log l, race_log a WHERE l.act = 'lift' AND l.row ->> 'stop_id' = $1::text
              AND a.act = 'again' AND a.row = to_jsonb($1::text)) AS lifted_after`,
        [receipt.stop.id],
      );
      outcomes[receipt.added ? "anew" : "stood"]++;
      if (!rows[0].stands && rows[0].lifted_after !== true) wrong.push(`${i}: ${receipt.stop.id}`);
    };
    for (let i = 0; i < 120; i += 6) await Promise.all([0, 1, 2, 3, 4, 5].map((j) => round(i + j)));
    expect(wrong).toEqual([]);
    expect(Math.min(outcomes.anew, outcomes.stood)).toBeGreaterThan(5);
  } finally {
    await stage.close();
  }
});

function ignoreConflict(error: unknown): void {
  if (!isHeedError(error) || error.code !== "state_conflict") throw error;
}
