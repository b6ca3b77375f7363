import type { Tx } from "../../kernel/database/index.ts";
import { findContact, type Viewer } from "../../modules/contacts/index.ts";
import {
  addAppointment,
  addNote,
  addOpportunity,
  addTask,
  appendToConversation,
  createPipeline,
  stagesOf,
} from "../../modules/crm/index.ts";
import { operator } from "../../modules/ledger/index.ts";
import { deals, noteTexts, taskTitles, threads } from "./linked-content.ts";

const hour = 3_600_000;
const day = 24 * hour;

/** Notes, tasks, appointments, a pipeline with opportunities, and conversations on some of the demo's contacts. */
export async function makeLinkedItems(
  tx: Tx,
  demo: { contactIds: readonly string[]; userIds: readonly string[]; viewer: Viewer },
): Promise<void> {
  const { contactIds, userIds, viewer } = demo;
  const now = Date.now();
  // The salesperson's own, among whom nobody is stopped.
  const contactAt = (index: number) => contactIds[35 + index] as string;
  const userAt = (index: number) => userIds[index % userIds.length] as string;

  for (const [index, text] of noteTexts.entries()) {
    await addNote(tx, {
      contactId: contactAt(index * 5),
      text,
      authorId: userAt(index),
      actor: operator,
    });
  }
  for (const [index, title] of taskTitles.entries()) {
    await addTask(tx, {
      contactId: contactAt(index * 5),
      task: {
        title,
        // Some are late, some of today, some ahead, and one has no date.
        dueAt: index === 6 ? null : new Date(now + (index - 3) * 16 * hour),
        assigneeId: userAt(index),
      },
      authorId: userAt(index + 1),
      actor: operator,
    });
  }
  await makeAppointments(tx, { now, contactAt, userAt, viewer });
  await makePipeline(tx, { now, contactAt, userAt, viewer });
  await makeConversations(tx, now, contactAt);
}

interface Setting {
  now: number;
  contactAt: (index: number) => string;
  userAt: (index: number) => string;
  viewer: Viewer;
}

async function makeAppointments(tx: Tx, { now, contactAt, userAt, viewer }: Setting) {
  const appointments = [
    ["Demonstration at their office", -6, "Dock Street 12", "Europe/Brussels"],
    ["Call about next year's deliveries", 1, "By telephone", "Europe/Brussels"],
    ["Contract review", 3, "https://meet.example.com/contract", "Europe/London"],
    ["Kick-off with the whole team", 8, "Our meeting room", "Europe/Brussels"],
  ] as const;
  for (const [index, [title, days, location, timeZone]] of appointments.entries()) {
    const startsAt = new Date(Math.floor(now / day + days) * day + (9 + 2 * index) * hour);
    await addAppointment(tx, {
      appointment: {
        title,
        starts_at: startsAt,
        ends_at: new Date(startsAt.getTime() + hour),
        time_zone: timeZone,
        location,
      },
      attendees: [
        { contact_id: contactAt(index * 5) },
        ...(index > 1 ? [{ email: "legal@partner.example", name: "Their lawyer" }] : []),
      ],
      viewer,
      authorId: userAt(index),
      actor: operator,
    });
  }
}

async function makePipeline(tx: Tx, { now, contactAt, userAt, viewer }: Setting) {
  const pipelineId = await createPipeline(tx, { name: "Sales", actor: operator });
  const stages = await stagesOf(tx, [pipelineId]);
  for (const [index, deal] of deals.entries()) {
    const stage = stages.find((each) => each.name === deal.stage);
    if (!stage) continue;
    await addOpportunity(tx, {
      opportunity: {
        title: deal.title,
        amount: deal.amount,
        currency: deal.currency ?? "EUR",
        stageId: stage.id,
        ownerId: userAt(index),
        expectedClose: new Date(now + (index + 2) * 9 * day).toISOString().slice(0, 10),
        contactIds: [contactAt(index * 5), ...(index % 3 === 0 ? [contactAt(index * 5 + 2)] : [])],
      },
      viewer,
      actor: operator,
    });
  }
}

async function makeConversations(tx: Tx, now: number, contactAt: Setting["contactAt"]) {
  for (const [index, thread] of threads.entries()) {
    const contactId = contactAt(index * 5);
    const contact = await findContact(tx, contactId);
    const theirs = contact?.email ?? "";
    for (const [turn, { direction, text }] of thread.messages.entries()) {
      const came = direction === "in";
      await appendToConversation(tx, {
        contactId,
        channel: "email",
        direction,
        subject: turn === 0 ? thread.subject : `Re: ${thread.subject}`,
        text,
        at: new Date(now - (index + 1) * day + turn * 5 * hour),
        fromAddress: came ? theirs : "hello@heed.example",
        toAddress: came ? "hello@heed.example" : theirs,
      });
    }
  }
}
