import type { Tx } from "../../../src/kernel/database/index.ts";
import { makeStop } from "../../../src/modules/consent/index.ts";
import { system } from "../../../src/modules/ledger/index.ts";
import type { NewMessage } from "../../../src/modules/sending/index.ts";
import { checkClaims } from "./check.ts";
import { keepRaceLog, readRaceLog } from "./race-log.ts";
import { slowly } from "./slowly.ts";
import { addContact, messageTo, type Stage } from "./stage.ts";

/** One way to claim: the real one, or a broken one that looks as if it would do. */
export interface ClaimForm {
  /** Puts the message into the outbox. */
  queue(stage: Stage, message: NewMessage): Promise<void>;
  /** Claims it, in whatever transaction this form thinks right. */
  claim(stage: Stage, message: NewMessage): Promise<void>;
  /** What this form has a stop do before its own statements, such as taking the same lock. */
  beforeStop?(tx: Tx, message: NewMessage): Promise<void>;
}

/** How long the pauses between statements are at most, ms. */
export const pauses = 6;

/** Lets a claim and a stop of the same contact meet so many times; returns the claims that came after their stop. */
export async function duel(stage: Stage, form: ClaimForm, rounds: number) {
  await keepRaceLog(stage.db);
  const soon = () => new Promise((wake) => setTimeout(wake, Math.random() * 4 * pauses));
  let round = 0;
  const fight = async () => {
    while (round < rounds) {
      const contact = await addContact(stage, `duel${round++}@duel.example`);
      const message = messageTo(stage, contact);
      const send = async () => {
        await soon();
        await form.queue(stage, message);
        await soon();
        await form.claim(stage, message);
      };
      const stop = async () => {
        await soon();
        await soon();
        await stage.db.inWorkspace(stage.workspaceId, async (fast) => {
          await form.beforeStop?.(fast, message);
          await makeStop(slowly(fast, pauses), {
            kind: round % 2 === 0 ? "deactivation" : "unsubscribe",
            subject: { contactId: contact.id },
            cause: "user",
            actor: system,
          });
        });
      };
      await Promise.all([send(), stop()]);
      // Nobody hands these over: their stops need not wait for them.
      await stage.db.pool.query("UPDATE message SET state = 'failed' WHERE id = $1", [message.id]);
    }
  };
  await Promise.all(Array.from({ length: 4 }, fight));
  const log = await readRaceLog(stage.db);
  const race = {
    ...log,
    acks: [],
    lifts: [],
    accepted: [],
    book: { furtherKeys: new Map(), domainKeys: new Map() },
  };
  const { violations, races } = checkClaims(race);
  return {
    claims: log.claims.length,
    races,
    late: violations.filter((each) => each.startsWith("S1 order")),
  };
}
