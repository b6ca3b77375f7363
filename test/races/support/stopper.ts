import type { Database } from "../../../src/kernel/database/index.ts";
import { isHeedError } from "../../../src/kernel/errors.ts";
import { newId } from "../../../src/kernel/ids.ts";
import {
  bumpFences,
  type Lifter,
  liftStop,
  makeStop,
  makeStops,
  type StopRequest,
  type StopRow,
} from "../../../src/modules/consent/index.ts";
import { editContact } from "../../../src/modules/contacts/index.ts";
import { type Actor, system } from "../../../src/modules/ledger/index.ts";
import { cancelCovered } from "../../../src/modules/sending/index.ts";
import type { Ack, LiftBegun } from "./check.ts";
import { viewer } from "./stage.ts";

/** A contact as the stoppers know it. */
export interface Target {
  contactId: string;
  /** It changes between these two. */
  emails: readonly [string, string];
  keys: readonly [string, string];
  furtherKey: string | null;
  domain: string;
}

export interface StopperPlan {
  workspaceId: string;
  targets: readonly Target[];
  campaignId: string;
  topicId: string;
  loops: number;
}

export interface StopperReport {
  acks: Ack[];
  lifts: LiftBegun[];
  /** How long each acknowledgement took, in ms. */
  tookMs: number[];
  edits: number;
  stoodAlready: number;
  cancelled: number;
}

const user: Actor = { type: "user", id: newId() };
const recipient: Actor = { type: "recipient", id: null };
const asUser: Lifter = {
  as: "user",
  permissions: new Set(["contacts.reactivate", "contacts.edit", "stops.lift"]),
};
const asRecipient: Lifter = { as: "recipient", permissions: new Set() };
const asSystem: Lifter = { as: "system", permissions: new Set() };

/** Undefined only of none. */
const pick = <T>(among: readonly T[]): T => among[Math.floor(Math.random() * among.length)] as T;
const pause = (mostMs: number) =>
  new Promise((wake) => setTimeout(wake, Math.random() * Math.random() * mostMs));

/** Stops, lifts and edits at random moments, in several loops at once, until told to end. */
export function startStopper(db: Database, plan: StopperPlan): { end(): Promise<StopperReport> } {
  const report: StopperReport = {
    acks: [],
    lifts: [],
    tookMs: [],
    edits: 0,
    stoodAlready: 0,
    cancelled: 0,
  };
  let ending = false;
  const resting = new Set<Target>();

  async function stopAndLift(target: Target): Promise<void> {
    const { request, lifter } = anyStop(target, plan);
    const startNs = process.hrtime.bigint();
    const receipt = await db.inWorkspace(plan.workspaceId, (tx) => makeStop(tx, request));
    const ackNs = process.hrtime.bigint();
    const underWay = receipt.underWay.map((each) => each.message_id);
    report.acks.push({ stopId: receipt.stop.id, startNs, ackNs, underWay });
    report.tookMs.push(Number(ackNs - startNs) / 1e6);
    report.cancelled += receipt.cancelledMessages;
    if (!receipt.added) report.stoodAlready++;
    await pause(10);
    report.lifts.push({ stopId: receipt.stop.id, startNs: process.hrtime.bigint() });
    await db
      .inWorkspace(plan.workspaceId, (tx) =>
        liftStop(tx, {
          stopId: receipt.stop.id,
          actor: user,
          lifter,
          authorization: "asked to be written to again",
        }),
      )
      .catch((error) => {
        // Another loop had made the same stop and lifted it first.
        if (!isHeedError(error) || error.code !== "state_conflict") throw error;
      });
  }

  /** As an import does: many stops in one transaction. */
  async function stopMany(): Promise<void> {
    const third = Math.floor(Math.random() * 3);
    const rows = plan.targets
      .filter((_, i) => i % 3 === third)
      .map(
        ({ contactId }): StopRow => ({
          id: newId(),
          kind: "deactivation",
          cause: "import",
          subject_type: "contact",
          subject: contactId,
          channel: null,
          topic_id: null,
          campaign_id: null,
          direction: "outbound",
          actor_type: "user",
          actor_id: null,
          contact_id: contactId,
          address: null,
          because: "",
          evidence: {},
        }),
      );
    const startNs = process.hrtime.bigint();
    const { added, stood, receipt } = await db.inWorkspace(plan.workspaceId, (tx) =>
      makeStops(tx, rows),
    );
    const ackNs = process.hrtime.bigint();
    const underWay = receipt.underWay.map((each) => each.message_id);
    for (const { id } of rows)
      report.acks.push({ stopId: stood.get(id) ?? id, startNs, ackNs, underWay });
    report.tookMs.push(Number(ackNs - startNs) / 1e6);
    report.cancelled += receipt.cancelledMessages;
    report.stoodAlready += stood.size;
    await pause(10);
    const liftNs = process.hrtime.bigint();
    for (const { id } of added) report.lifts.push({ stopId: id, startNs: liftNs });
    await db.inWorkspace(plan.workspaceId, async (tx) => {
      for (const { id } of added) {
        const reason = { actor: user, lifter: asUser, authorization: "imported by mistake" };
        await liftStop(tx, { stopId: id, ...reason });
      }
    });
  }

  async function swapAddress(target: Target): Promise<void> {
    await db.inWorkspace(plan.workspaceId, (tx) =>
      editContact(tx, {
        contactId: target.contactId,
        changes: { addresses: [{ channel: "email", value: pick(target.emails) }] },
        viewer,
        actor: system,
        // As app/parts.ts has it.
        async afterAddressChange(after, { contactId, keysBefore, keysAfter }) {
          await bumpFences(after, [contactId, ...keysBefore, ...keysAfter]);
          await cancelCovered(after, [contactId], null);
        },
      }),
    );
    report.edits++;
  }

  const loops = Array.from({ length: plan.loops }, async () => {
    while (!ending) {
      // Somebody whom nobody here has just stopped: their messages are on the way.
      const target = pick(plan.targets.filter((each) => !resting.has(each)));
      if (target === undefined) {
        await pause(40);
        continue;
      }
      resting.add(target);
      // Further addresses stand still, so that the checker knows whom they belonged to.
      if (target.furtherKey === null && Math.random() < 0.03) await swapAddress(target);
      else if (Math.random() < 0.06) await stopMany();
      else await stopAndLift(target);
      setTimeout(() => resting.delete(target), Math.random() * 200);
      await pause(40);
    }
  });
  const done = Promise.all(loops);
  done.catch(() => {});
  return {
    async end() {
      ending = true;
      await done;
      return report;
    },
  };
}

/** A stop of any kind on this contact, and who may lift it. */
function anyStop(target: Target, plan: StopperPlan): { request: StopRequest; lifter: Lifter } {
  const chance = Math.random();
  const contact = { contactId: target.contactId };
  const key = pick(target.keys);
  const byUser = { cause: "user", actor: user } as const;
  if (chance < 0.05) {
    const request = {
      kind: "suppression",
      subject: { domain: target.domain },
      cause: "manual",
      actor: user,
    } as const;
    return { request, lifter: asUser };
  }
  if (target.furtherKey !== null && chance < 0.25) {
    const subject = { key: target.furtherKey, channel: "email" } as const;
    return {
      request: { kind: "unsubscribe", subject, channel: "email", cause: "link", actor: recipient },
      lifter: asRecipient,
    };
  }
  return pick<() => { request: StopRequest; lifter: Lifter }>([
    () => ({ request: { kind: "deactivation", subject: contact, ...byUser }, lifter: asUser }),
    () => ({
      request: { kind: "do_not_disturb", subject: contact, channel: "email", ...byUser },
      lifter: asUser,
    }),
    () => ({
      request: {
        kind: "do_not_contact",
        subject: contact,
        campaignId: pick([plan.campaignId, null]),
        ...byUser,
      },
      lifter: asUser,
    }),
    // By the key alone, as the public page does.
    () => ({
      request: {
        kind: "unsubscribe",
        subject: { key, channel: "email" },
        channel: "email",
        topicId: pick([plan.topicId, null, null]),
        cause: pick(["one_click", "link"] as const),
        actor: recipient,
      },
      lifter: asRecipient,
    }),
    () => ({
      request: {
        kind: "suppression",
        subject: { address: { channel: "email", value: pick(target.emails) } },
        channel: pick(["email", null] as const),
        cause: "manual",
        actor: user,
      },
      lifter: asUser,
    }),
    () => ({
      request: {
        kind: "suppression",
        subject: { key, channel: "email" },
        channel: "email",
        cause: "hard_bounce",
        actor: system,
      },
      lifter: asSystem,
    }),
    () => ({
      request: {
        kind: "quarantine",
        subject: { key, channel: "email" },
        channel: "email",
        cause: "soft_bounces",
        actor: system,
      },
      lifter: asSystem,
    }),
  ])();
}
