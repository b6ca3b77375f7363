import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findJob } from "../../kernel/jobs/index.ts";
import { liftStop } from "../consent/index.ts";
import { system, verifyLedger } from "../ledger/index.ts";
import {
  campaignJobs,
  campaignResults,
  findCampaign,
  onMessagesFailed,
  onMessagesUnknown,
  onReply,
  pauseCampaign,
  resumeCampaign,
  startCampaign,
} from "./index.ts";
import { type CampaignWorld, campaignWorld } from "./testing.ts";

let world: CampaignWorld;
beforeAll(async () => {
  world = await campaignWorld();
});
afterAll(() => world.close());

interface State {
  state: string;
  because: string | null;
  round: number;
  next_step: number;
  due: boolean;
}

async function stateOf(campaignId: string, contactId: string | undefined): Promise<State> {
  const [row] = await world.rows(
    sql<State>`SELECT state, because, round, next_step, due_at IS NOT NULL AS due FROM follow_up WHERE campaign_id = ${campaignId} AND contact_id = ${contactId}`,
  );
  if (!row) throw new Error("not enrolled");
  return row;
}

const results = (id: string) => world.act((tx) => campaignResults(tx, id));
const refs = (campaignId: string) =>
  world.rows(sql<{
    id: string;
    campaign_id: string;
    follow_up_id: string;
    round: number;
    step: number;
  }>`
    SELECT id, campaign_id, follow_up_id, round, step FROM message WHERE campaign_id = ${campaignId} AND state = 'queued'`);

describe("a sequence", () => {
  it("writes to everybody once a step and finishes", async () => {
    const people = await world.contacts(["seq1", "seq2", "seq3"]);
    const id = await world.draft([await world.list(Object.values(people))], ["PT0S", "P3D"]);
    await world.start(id);
    await world.sequence();
    expect((await world.deliver()).sort()).toEqual(Object.values(people).sort());
    await world.sequence();
    expect(await world.deliver()).toEqual([]);
    expect(await stateOf(id, people.seq1)).toMatchObject({
      state: "active",
      next_step: 1,
      due: true,
    });
    await world.passTime();
    await world.sequence();
    expect(await world.deliver()).toHaveLength(3);
    await world.sequence();
    const { state, total, steps, by_state } = await results(id);
    expect(state).toBe("finished");
    expect(total).toMatchObject({ queued: 6, sent: 6, cancelled: 0 });
    expect(steps.map((step) => step.sent)).toEqual([3, 3]);
    expect(by_state.finished).toBe(3);
    const events = await world.call(world.manager, "GET", `/campaigns/${id}/events`);
    expect(JSON.parse(events.body.match(/data: (.*)/)[1])).toMatchObject({
      state: "finished",
      total: { sent: 6 },
    });
  });

  it("keeps what it started with when its template is edited", async () => {
    const people = await world.contacts(["kept"]);
    const id = await world.draft([await world.list(Object.values(people))]);
    await world.start(id);
    const campaign = await world.act((tx) => findCampaign(tx, id));
    await world.call(world.manager, "PATCH", `/templates/${campaign.steps[0]?.template_id}`, {
      body: "Changed {{ unsubscribe_url }}",
    });
    const [step] = await world.rows(
      sql<{
        text: string;
      }>`SELECT content->>'text' AS text FROM campaign_step WHERE campaign_id = ${id}`,
    );
    expect(step?.text).toContain("Hi {{ contact.first_name }}");
    await world.sequence();
    await world.deliver();
  });

  it("leaves out whoever is stopped before the start, and whoever is stopped in the middle, and says why", async () => {
    const people = await world.contacts(["before", "middle", "queued", "happy"]);
    await world.stop(people.before as string);
    const id = await world.draft([await world.list(Object.values(people))], ["PT0S", "P1D"]);
    const jobId = await world.start(id);
    expect(await world.act((tx) => findJob(tx, jobId))).toMatchObject({
      counts: { enrolled: 3, refused_deactivated: 1 },
    });
    expect(await stateOf(id, people.before)).toMatchObject({
      state: "stopped",
      because: "deactivated",
    });
    await world.sequence();
    await world.stop(people.queued as string, "unsubscribe");
    expect(await stateOf(id, people.queued)).toMatchObject({
      state: "stopped",
      because: "unsubscribed",
    });
    expect((await world.deliver()).sort()).toEqual([people.middle, people.happy].sort());
    await world.stop(people.middle as string, "do_not_contact");
    await world.passTime();
    await world.sequence();
    expect(await world.deliver()).toEqual([people.happy]);
    await world.sequence();
    const { state, total, by_state } = await results(id);
    expect([state, total.sent, total.cancelled, by_state.stopped]).toEqual(["finished", 3, 1, 3]);
  });

  it("stops somebody whose domain was suppressed when their turn comes", async () => {
    const people = await world.contacts(["domain"]);
    const id = await world.draft([await world.list(Object.values(people))]);
    await world.start(id);
    await world.sequence();
    await world.rows(
      sql`UPDATE contact SET email_domain_key = new_id() WHERE id = ${people.domain}`,
    );
    await world.rows(sql`
      INSERT INTO standing_stop (workspace_id, stop_id, subject, subject_type, kind, cause, made_at)
      SELECT workspace_id, new_id(), email_domain_key, 'domain', 'suppression', 'manual', now() FROM contact WHERE id = ${people.domain}`);
    expect(await world.deliver()).toEqual([]);
    expect(await stateOf(id, people.domain)).toMatchObject({
      state: "stopped",
      because: "suppressed",
    });
  });

  it("ends for whoever replied, and counts the reply", async () => {
    const people = await world.contacts(["replies", "silent"]);
    const id = await world.draft([await world.list(Object.values(people))], ["PT0S", "PT0S"]);
    await world.start(id);
    await world.sequence();
    await world.deliver();
    await world.sequence(); // the second step is queued already
    await world.act((tx) => onReply(tx, people.replies as string));
    expect(await stateOf(id, people.replies)).toMatchObject({ state: "replied", due: false });
    expect(await world.deliver()).toEqual([people.silent]);
    expect((await results(id)).total).toMatchObject({ sent: 3, replied: 1, queued: 3 });
  });

  it("waits for a person after silence, and ends after a refusal for good", async () => {
    const people = await world.contacts(["dark", "gone"]);
    const id = await world.draft([await world.list(Object.values(people))], ["PT0S", "PT0S"]);
    await world.start(id);
    await world.sequence();
    const queued = await refs(id);
    const [dark] = queued.slice(0, 1);
    const [gone] = queued.slice(1);
    if (!dark || !gone) throw new Error("not queued");
    await world.rows(sql`UPDATE message SET state = 'unknown' WHERE campaign_id = ${id}`);
    await world.act((tx) => onMessagesUnknown(tx, [dark]));
    await world.act((tx) => onMessagesFailed(tx, [{ ...gone, hard: true }]));
    const states = await Promise.all(Object.values(people).map((each) => stateOf(id, each)));
    expect(states.map((s) => [s.state, s.because, s.next_step]).sort()).toEqual([
      ["paused", "unknown", 1],
      ["stopped", "failed", 1],
    ]);
    expect((await results(id)).total).toMatchObject({ unknown: 1, bounced: 1, failed: 0 });
    await world.sequence();
    expect((await results(id)).state).toBe("running");
  });

  it("is enrolled once, whatever is repeated, and takes back a cancelled start", async () => {
    const people = await world.contacts(["c1", "c2"]);
    const listIds = [
      await world.list(Object.values(people)),
      await world.list([people.c1 as string]),
    ];
    const id = await world.draft(listIds);
    const jobId = await world.act((tx) =>
      startCampaign(tx, { campaignId: id, requestedBy: null, actor: system }),
    );
    const job = await world.act((tx) => findJob(tx, jobId));
    expect(job.total).toBe(2);
    await world.rows(sql`UPDATE job SET cancel_requested_at = now() WHERE id = ${jobId}`);
    await expect(
      campaignJobs["campaign.enrol"]?.run({ db: world.db, workspaceId: world.workspaceId, job }),
    ).rejects.toMatchObject({ code: "job_cancelled" });
    expect((await world.act((tx) => findCampaign(tx, id))).state).toBe("draft");
    await world.start(id);
    await campaignJobs["campaign.enrol"]?.run({
      db: world.db,
      workspaceId: world.workspaceId,
      job,
    });
    expect(await world.rows(sql`SELECT 1 FROM follow_up WHERE campaign_id = ${id}`)).toHaveLength(
      2,
    );
    await world.sequence();
    expect((await world.deliver()).sort()).toEqual(Object.values(people).sort());
  });

  it("goes on where it was after a pause, without writing to anybody twice", async () => {
    const people = await world.contacts(["p1", "p2"]);
    const id = await world.draft([await world.list(Object.values(people))]);
    await world.start(id);
    await world.sequence();
    await world.act((tx) => pauseCampaign(tx, { campaignId: id, actor: system }));
    await world.sequence();
    expect(await world.deliver()).toEqual([]);
    expect((await results(id)).total.queued).toBe(0);
    await world.act((tx) => resumeCampaign(tx, { campaignId: id, actor: system }));
    await world.sequence();
    expect(await world.deliver()).toHaveLength(2);
    expect((await results(id)).total).toMatchObject({ queued: 2, sent: 2, cancelled: 0 });
  });

  it("queues for the next opening of its sending window", async () => {
    const people = await world.contacts(["window"]);
    const id = await world.draft([await world.list(Object.values(people))]);
    const today = new Date().getUTCDay() || 7;
    const tomorrow = (today % 7) + 1;
    const changed = await world.call(world.manager, "PATCH", `/campaigns/${id}`, {
      sending_window: { days: [tomorrow], from: "09:00", to: "17:00" },
      time_zone: "UTC",
    });
    expect(changed.status).toBe(200);
    await world.start(id);
    await world.sequence();
    const [message] = await world.rows(
      sql<{ due_at: Date }>`SELECT due_at FROM message WHERE campaign_id = ${id}`,
    );
    expect(message?.due_at.toISOString()).toMatch(/T09:00:00.000Z$/);
    expect(message?.due_at.getTime()).toBeGreaterThan(Date.now());
    expect(await world.deliver()).toEqual([]);
  });

  it("never has two messages for one step of one enrolment, with several sequencers at once (S13)", async () => {
    const people = await world.contacts(Array.from({ length: 60 }, (_, i) => `many${i}`));
    const id = await world.draft([await world.list(Object.values(people))], ["PT0S", "PT0S"]);
    await world.start(id);
    for (let i = 0; i < 4; i++) {
      await Promise.all([
        world.sequence(),
        world.sequence(),
        world.deliver(),
        world.sequence(),
        world.deliver(),
      ]);
    }
    await world.sequence();
    const counts = await world.rows(
      sql<{
        n: number;
      }>`SELECT count(*) AS n FROM message WHERE campaign_id = ${id} AND state = 'accepted' GROUP BY follow_up_id, step`,
    );
    expect(counts.map((row) => row.n)).toEqual(Array(120).fill(1));
    expect((await results(id)).state).toBe("finished");
  });
});

it("continues after a lift only when a person says so", async () => {
  const people = await world.contacts(["lifted"]);
  const id = await world.draft([await world.list(Object.values(people))]);
  await world.start(id);
  await world.stop(people.lifted as string, "do_not_contact");
  const [stop] = await world.rows(
    sql<{ id: string }>`SELECT stop_id AS id FROM standing_stop WHERE subject = ${people.lifted}`,
  );
  await world.act((tx) =>
    liftStop(tx, {
      stopId: stop?.id as string,
      actor: system,
      lifter: { as: "user", permissions: world.manager.permissions },
    }),
  );
  await world.sequence();
  expect(await world.deliver()).toEqual([]);
  const [followUp] = await world.rows(
    sql<{ id: string }>`SELECT id FROM follow_up WHERE campaign_id = ${id}`,
  );
  expect(
    (await world.call(world.manager, "POST", `/follow-ups/${followUp?.id}/continue`)).body.state,
  ).toBe("active");
  await world.sequence();
  expect(await world.deliver()).toEqual([people.lifted]);
});

it("leaves a ledger that proves itself", async () => {
  expect((await verifyLedger(world.db, world.workspaceId)).problems).toEqual([]);
});
