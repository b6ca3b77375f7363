import { once } from "node:events";
import { expect, test } from "vitest";
import { newId } from "../../src/kernel/ids.ts";
import { emailKey, keyOfDomain, parseEmail } from "../../src/modules/contacts/index.ts";
import { startServerProcess } from "../servers/server-process.ts";
import {
  type Accepted,
  checkAccepted,
  checkClaims,
  checkOnce,
  type Race,
} from "./support/check.ts";
import { startFeeder } from "./support/feeder.ts";
import { forkProgram, forkWorker } from "./support/processes.ts";
import { keepRaceLog, readRaceLog } from "./support/race-log.ts";
import { addContact, type Stage, setStage } from "./support/stage.ts";
import {
  type StopperPlan,
  type StopperReport,
  startStopper,
  type Target,
} from "./support/stopper.ts";

/** So many races, however long this machine takes for them, up to the limit. */
const wanted = { races: 10_000, seconds: Number(process.env.HEED_RACE_SECONDS ?? 240) };
const domains = ["one.example", "two.example", "three.example"];

test("a stop holds against three workers sending as fast as they can", {
  timeout: (wanted.seconds + 120) * 1_000,
}, async () => {
  const smtp = await startServerProcess();
  const stage = await setStage({
    smtpPort: smtp.port,
    connections: 5,
    poolSize: 16,
    inMemory: true,
  });
  try {
    await keepRaceLog(stage.db);
    const plan: StopperPlan = {
      workspaceId: stage.workspaceId,
      targets: await addTargets(stage, 15),
      campaignId: newId(),
      topicId: newId(),
      loops: 4,
    };
    const { installation } = stage;
    const workers = await Promise.all([1, 2, 3].map(() => forkWorker(installation)));
    const elsewhere = forkProgram("stopper-process", { installation, plan });
    await once(elsewhere, "message");
    const begun = Date.now();
    const races = countRaces(stage);
    const feeder = startFeeder(stage, { ...plan, perContact: 8 });
    const here = startStopper(stage.db, plan);
    do {
      await new Promise((wake) => setTimeout(wake, 5_000));
    } while (Date.now() - begun < wanted.seconds * 1_000 && (await races()) < wanted.races);
    const reportHere = await here.end();
    elsewhere.send("stop");
    const reportElsewhere = parseReport((await once(elsewhere, "message"))[0] as string);
    await feeder.end();
    await Promise.all(workers.map((worker) => worker.stop()));
    const seconds = (Date.now() - begun) / 1_000;

    const accepted: Accepted[] = (await smtp.accepted()).map((mail) => ({
      messageId: /^Message-ID: <([0-9a-f-]{36})@/im.exec(mail.data.toString("latin1"))?.[1] ?? "",
      to: mail.to,
      acceptedNs: mail.acceptedAtNs,
    }));
    const race: Race = {
      ...(await readRaceLog(stage.db)),
      acks: [...reportHere.acks, ...reportElsewhere.acks],
      lifts: [...reportHere.lifts, ...reportElsewhere.lifts],
      accepted,
      book: {
        furtherKeys: new Map(
          plan.targets.flatMap((t) => (t.furtherKey ? [[t.contactId, [t.furtherKey]]] : [])),
        ),
        domainKeys: new Map(domains.map((d) => [d, keyOfDomain(stage.db.secrets, d).key])),
      },
    };
    const claims = checkClaims(race);
    const wire = checkAccepted(race);
    const rows = await messageRows(stage);
    const steps = new Map(rows.map((row) => [row.id, row.step]));
    const took = [...reportHere.tookMs, ...reportElsewhere.tookMs].sort((a, b) => a - b);
    console.log(
      JSON.stringify({
        seconds,
        acknowledged: race.acks.length,
        stops: race.stops.length,
        claims: race.claims.length,
        accepted: accepted.length,
        races: claims.races,
        racedStops: claims.racedStops,
        listed: wire.listed,
        edits: reportHere.edits + reportElsewhere.edits,
        stoodAlready: reportHere.stoodAlready + reportElsewhere.stoodAlready,
        cancelledByStops: reportHere.cancelled + reportElsewhere.cancelled,
        ackMs: {
          p50: took[took.length >> 1],
          p99: took[Math.floor(took.length * 0.99)],
          most: took.at(-1),
        },
        states: Object.fromEntries(countBy(rows, (row) => row.state)),
      }),
    );
    expect(claims.violations.slice(0, 10)).toEqual([]);
    expect(wire.violations.slice(0, 10)).toEqual([]);
    expect(checkOnce(accepted, (id) => steps.get(id) ?? id)).toEqual([]);
    // What the outbox says happened is what the wire saw.
    const said = rows
      .filter((row) => row.state === "accepted")
      .map((row) => `${row.id} ${row.address}`);
    expect(said.sort()).toEqual(accepted.map((mail) => `${mail.messageId} ${mail.to[0]}`).sort());
    expect(rows.filter((row) => row.state === "claimed")).toEqual([]);
    expect(claims.races).toBeGreaterThanOrEqual(wanted.races);
  } finally {
    await stage.close();
    await smtp.close();
  }
});

async function addTargets(stage: Stage, count: number): Promise<Target[]> {
  const keyOf = (email: string) => {
    const parsed = parseEmail(email);
    if ("message" in parsed) throw new Error(parsed.message);
    return emailKey(stage.db.secrets, parsed);
  };
  const targets: Target[] = [];
  for (let i = 0; i < count; i++) {
    const domain = domains[i % domains.length] as string;
    const emails = [`person${i}@${domain}`, `renamed${i}@${domain}`] as const;
    const further = i % 3 === 0 ? `private${i}@elsewhere.example` : null;
    const contact = await addContact(stage, emails[0], ...(further ? [further] : []));
    targets.push({
      contactId: contact.id,
      emails,
      keys: [keyOf(emails[0]), keyOf(emails[1])],
      furtherKey: further ? keyOf(further) : null,
      domain,
    });
  }
  return targets;
}

/** Counts races as they come, each time those since the last; fewer than the checker finds, which knows who else is covered. */
function countRaces(stage: Stage): () => Promise<number> {
  let races = 0;
  let seen = 0;
  return async () => {
    const { rows } = await stage.db.pool.query<{ pairs: number; last: number }>(
      `WITH log AS MATERIALIZED (SELECT * FROM race_log WHERE n > $1 - 1000),
         c AS (SELECT at, began, row ->> 'contact_id' AS contact, row ->> 'key' AS key FROM log WHERE act = 'claim')
       SELECT coalesce(max(s.n), $1)::int AS last, count(c.contact)::int AS pairs FROM log s
       LEFT JOIN c ON s.row ->> 'subject' IN (c.contact, c.key)
         AND c.at >= s.began - interval '50 ms' AND c.began <= s.at + interval '50 ms'
       WHERE s.act = 'stop' AND s.n > $1`,
      [seen],
    );
    races += rows[0]?.pairs ?? 0;
    seen = rows[0]?.last ?? seen;
    return races;
  };
}

async function messageRows(stage: Stage) {
  const { rows } = await stage.db.pool.query<{
    id: string;
    address: string;
    state: string;
    step: string;
  }>("SELECT id, address, state, concat_ws(' ', follow_up_id, round, step) AS step FROM message");
  return rows;
}

function countBy<T>(items: readonly T[], by: (item: T) => string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(by(item), (counts.get(by(item)) ?? 0) + 1);
  return counts;
}

function parseReport(text: string): StopperReport {
  return JSON.parse(text, (_, value) =>
    typeof value === "string" && /^\d+n$/.test(value) ? BigInt(value.slice(0, -1)) : value,
  ) as StopperReport;
}
