import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Tx } from "../../src/kernel/database/index.ts";
import { newId } from "../../src/kernel/ids.ts";
import { listWorkspaceIds } from "../../src/modules/access/index.ts";
import { appendToConversation, linkedCounts } from "../../src/modules/crm/index.ts";
import { eventually, startHeed, type TestHeed } from "../support/heed.ts";
import { type Body, contact, firstMail, mailTo } from "./support/outreach.ts";

/** What hangs on a contact, over HTTP as its users work with it. */

let heed: TestHeed;
let inside: <T>(act: (tx: Tx) => Promise<T>) => Promise<T>;
let me: Body;
let seller: { id: string; key: string };
beforeAll(async () => {
  heed = await startHeed();
  const [workspaceId] = await heed.db.asSystem(listWorkspaceIds);
  inside = (act) => heed.db.inWorkspace(workspaceId as string, act);
  me = (await heed.ok("GET", "/me")).user;
  seller = await person("Salesperson");
});
afterAll(() => heed.stop());

/** A user of a role, who signs in with an API key's worth of session. */
async function person(role: string): Promise<{ id: string; key: string }> {
  const roles = (await heed.ok("GET", "/roles")).items as Body[];
  const email = `${newId()}@people.example`;
  const user = await heed.ok("POST", "/users", {
    email,
    name: role,
    role_id: roles.find((each) => each.name === role).id,
    password: "a long enough password",
  });
  const session = await fetch(`${heed.url}/api/v1/sessions`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ email, password: "a long enough password" }),
  });
  const { csrf_token } = (await session.json()) as Body;
  const cookie = (session.headers.get("set-cookie") ?? "").split(";")[0] as string;
  return { id: user.id, key: `${cookie}\n${csrf_token}` };
}

/** Calls as another user. */
async function as(user: { key: string }, method: string, path: string, body?: object) {
  const [cookie, csrf] = user.key.split("\n") as [string, string];
  const response = await fetch(`${heed.url}/api/v1${path}`, {
    method,
    headers: {
      cookie,
      "x-heed-csrf": csrf,
      ...(body ? { "content-type": "application/json" } : {}),
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  const text = await response.text();
  return { status: response.status, body: text ? (JSON.parse(text) as Body) : null };
}

const codes = async (contactId: string) =>
  ((await heed.ok("GET", `/contacts/${contactId}/timeline?limit=200`)).items as Body[]).map(
    (each) => each.code,
  );
const binned = (contactId: string, deletionId: string | null) =>
  heed.db.pool.query("UPDATE contact SET deletion_id = $1 WHERE id = $2", [deletionId, contactId]);

describe("notes and tasks", () => {
  test("a note is written, found, rewritten and deleted, and the ledger keeps its acts", async () => {
    const ada = await contact(heed, "ada@notes.example");
    const note = await heed.ok("POST", `/contacts/${ada.id}/notes`, {
      text: "  Likes short mails.\nCall after ten.  ",
    });
    expect(note).toMatchObject({ text: "Likes short mails.\nCall after ten.", contact_id: ada.id });
    await heed.ok("POST", `/contacts/${ada.id}/notes`, { text: "Second" });
    const page = await heed.ok("GET", `/contacts/${ada.id}/notes?limit=1`);
    expect(page.items.map((each: Body) => each.text)).toEqual(["Second"]);
    const next = await heed.ok("GET", `/contacts/${ada.id}/notes?cursor=${page.next_cursor}`);
    expect(next.items.map((each: Body) => each.id)).toEqual([note.id]);
    expect((await heed.ok("GET", `/contacts/${ada.id}/notes?q=AFTER ten`)).items).toHaveLength(1);
    const edited = await heed.ok("PATCH", `/notes/${note.id}`, { text: "Call after eleven." });
    expect(edited.text).toBe("Call after eleven.");
    await heed.ok("DELETE", `/notes/${note.id}`);
    expect((await heed.call("GET", `/notes/${note.id}`)).status).toBe(404);
    expect((await heed.call("POST", `/contacts/${ada.id}/notes`, { text: " " })).status).toBe(400);
    const acts = (await heed.ok("GET", `/ledger?contact_id=${ada.id}`)).items as Body[];
    expect(acts.map((each) => each.act)).toEqual(
      expect.arrayContaining(["note.added", "note.edited", "note.deleted"]),
    );
    expect(JSON.stringify(acts)).not.toContain("eleven");
  });

  test("tasks are found by whose they are and when they are due", async () => {
    const bob = await contact(heed, "bob@tasks.example", { last_name: "Tasker" });
    const soon = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString();
    const add = (title: string, more: object) =>
      heed.ok("POST", `/contacts/${bob.id}/tasks`, { title, ...more });
    const late = await add("Late", { due_at: soon(-50) });
    await add("Far", { due_at: soon(24 * 30) });
    await add("Some day", { assignee_id: null });
    const theirs = await add("Theirs", { due_at: soon(-1), assignee_id: seller.id });
    const titles = async (query: string) =>
      ((await heed.ok("GET", `/tasks?q=tasker&${query}`)).items as Body[]).map((t) => t.title);
    expect(await titles("")).toEqual(["Late", "Theirs", "Far", "Some day"]);
    expect(await titles("due=overdue")).toEqual(["Late", "Theirs"]);
    expect(await titles("due=overdue&assignee=me")).toEqual(["Late"]);
    expect(await titles("due=upcoming")).toEqual(["Far"]);
    expect(await titles("assignee=none")).toEqual(["Some day"]);
    expect(await titles(`assignee=${seller.id}`)).toEqual(["Theirs"]);
    const walked: string[] = [];
    let cursor = "";
    do {
      const page = await heed.ok("GET", `/tasks?q=tasker&limit=1&count=true${cursor}`);
      expect(page.count).toBe(4);
      walked.push(...page.items.map((each: Body) => each.title));
      cursor = page.next_cursor ? `&cursor=${page.next_cursor}` : "";
    } while (cursor);
    expect(walked).toEqual(["Late", "Theirs", "Far", "Some day"]);

    const done = await heed.ok("PATCH", `/tasks/${late.id}`, { done: true });
    expect(done).toMatchObject({ done_by: me.id, contact: { id: bob.id } });
    expect(await titles("done=true")).toEqual(["Late"]);
    expect(await codes(bob.id)).toContain("task.done");
    await heed.ok("PATCH", `/tasks/${late.id}`, { done: false, title: "Later", due_at: null });
    expect(await titles("due=overdue")).toEqual(["Theirs"]);
    const stranger = await heed.call("PATCH", `/tasks/${theirs.id}`, { assignee_id: newId() });
    expect(stranger.body.error.message).toContain("assignee_id");
    await heed.ok("DELETE", `/tasks/${theirs.id}`);
    expect((await heed.call("PATCH", `/tasks/${theirs.id}`, { done: true })).status).toBe(404);
  });
});

describe("appointments", () => {
  test("keep their zone, stand in a span, and come as a calendar file", async () => {
    const eve = await contact(heed, "eve@calendar.example", {
      first_name: 'Eve "the, best"',
      last_name: "Ünïcode",
    });
    const dan = await contact(heed, "dan@calendar.example");
    const title = `Budget; plans, and \\ more ${"— é".repeat(40)}`;
    const made = await heed.ok("POST", `/contacts/${eve.id}/appointments`, {
      title,
      starts_at: "2031-03-30T09:00:00+02:00",
      ends_at: "2031-03-30T10:30:00+02:00",
      time_zone: "Europe/Brussels",
      location: "Room 4, Main St",
      attendees: [{ contact_id: dan.id }, { email: "guest@elsewhere.example", name: "A guest" }],
    });
    expect(made).toMatchObject({
      starts_at: "2031-03-30T07:00:00.000Z",
      time_zone: "Europe/Brussels",
    });
    expect(made.attendees.map((each: Body) => each.email)).toEqual([
      "eve@calendar.example",
      "dan@calendar.example",
      "guest@elsewhere.example",
    ]);
    const found = async (query: string) =>
      ((await heed.ok("GET", `/appointments?${query}`)).items as Body[]).map((each) => each.id);
    expect(await found("from=2031-03-30T08:00:00Z&until=2031-03-31T00:00:00Z")).toEqual([made.id]);
    expect(await found("from=2031-03-30T09:00:00Z&until=2031-03-31T00:00:00Z")).toEqual([]);
    expect(await found("q=budget dan")).toEqual([made.id]);
    expect(await found("q=budget frank")).toEqual([]);
    expect(await found("q=budget eve")).toEqual([made.id]);
    const ofDan = await heed.ok("GET", `/contacts/${dan.id}/appointments`);
    expect(ofDan.items.map((each: Body) => each.id)).toEqual([made.id]);

    const file = await heed.call("GET", `/appointments/${made.id}.ics`);
    expect(file.headers.get("content-type")).toContain("text/calendar");
    const raw = file.body as unknown as string;
    for (const each of raw.split("\r\n")) expect(Buffer.byteLength(each)).toBeLessThanOrEqual(75);
    const event = readCalendar(raw);
    expect(event.get("SUMMARY")).toEqual([title]);
    expect(event.get("DTSTART")).toEqual(["20310330T070000Z"]);
    expect(event.get("DTEND")).toEqual(["20310330T083000Z"]);
    expect(event.get("LOCATION")).toEqual(["Room 4, Main St"]);
    expect(event.get("ATTENDEE")).toEqual([
      "mailto:eve@calendar.example",
      "mailto:dan@calendar.example",
      "mailto:guest@elsewhere.example",
    ]);
    expect(raw.replaceAll("\r\n ", "")).toContain(`;CN="Eve 'the, best' Ünïcode":mailto:`);

    const moved = await heed.ok("PATCH", `/appointments/${made.id}`, {
      ends_at: "2031-03-30T11:00:00+02:00",
      attendees: [{ contact_id: eve.id }],
    });
    expect(moved.attendees).toHaveLength(1);
    for (const wrong of [
      { ends_at: "2031-03-30T08:00:00+02:00" },
      { time_zone: "Europe/Atlantis" },
      { attendees: [{ email: "only@guest.example" }] },
    ]) {
      const { status } = await heed.call("PATCH", `/appointments/${made.id}`, wrong);
      expect(status, JSON.stringify(wrong)).toBeGreaterThanOrEqual(400);
    }
    await heed.ok("DELETE", `/appointments/${made.id}`);
    expect((await heed.call("GET", `/appointments/${made.id}.ics`)).status).toBe(404);
  });
});

/** RFC 5545: unfolds, splits name, parameters and value, and takes escapes back. */
function readCalendar(raw: string): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const line of raw.replaceAll("\r\n ", "").split("\r\n").filter(Boolean)) {
    const parts = /^([A-Z-]+)((?:;[A-Z-]+=(?:"[^"]*"|[^":;]*))*):(.*)$/.exec(line);
    if (!parts) throw new Error(`no content line: ${line}`);
    const value = (parts[3] as string).replace(/\\(.)/g, (_, c) => (c === "n" ? "\n" : c));
    found.set(parts[1] as string, [...(found.get(parts[1] as string) ?? []), value]);
  }
  return found;
}

describe("opportunities", () => {
  test("stand in stages in an order that moves keep, and sums follow", async () => {
    const pipeline = await heed.ok("POST", "/pipelines", { name: "Sales" });
    expect(pipeline.stages.map((each: Body) => [each.name, each.kind])).toEqual([
      ["New", "open"],
      ["Qualified", "open"],
      ["Proposal", "open"],
      ["Won", "won"],
      ["Lost", "lost"],
    ]);
    const [fresh, qualified, , won] = pipeline.stages as Body[];
    const kim = await contact(heed, "kim@deals.example");
    const lee = await contact(heed, "lee@deals.example");
    const deals: Body[] = [];
    for (const [index, title] of ["A", "B", "C", "D"].entries()) {
      deals.push(
        await heed.ok("POST", `/contacts/${kim.id}/opportunities`, {
          title,
          amount: 1000.1 * (index + 1),
          stage_id: fresh.id,
        }),
      );
    }
    const [a, b, , d] = deals as [Body, Body, Body, Body];
    const inStage = async (stage: Body) =>
      ((await heed.ok("GET", `/opportunities?stage_id=${stage.id}`)).items as Body[])
        .map((each) => each.title)
        .join("");
    const move = (deal: Body, stage: Body, position?: number) =>
      heed.ok("POST", `/opportunities/${deal.id}/move`, {
        stage_id: stage.id,
        ...(position === undefined ? {} : { position }),
      });
    expect(await inStage(fresh)).toBe("ABCD");
    await move(d, fresh, 0);
    expect(await inStage(fresh)).toBe("DABC");
    await move(d, fresh, 2);
    expect(await inStage(fresh)).toBe("ABDC");
    // Sixty times between the same two: halving alone would run out of numbers.
    for (let turn = 0; turn < 60; turn++) await move(turn % 2 ? b : d, fresh, 1);
    expect(await inStage(fresh)).toBe("ABDC");
    await move(a, qualified);
    await move(b, qualified, 0);
    expect(await inStage(qualified)).toBe("BA");
    const wonDeal = await move(b, won);
    expect(wonDeal.closed_at).not.toBeNull();
    const sums = await heed.ok("GET", `/pipelines/${pipeline.id}`);
    expect(sums.stages[1]).toMatchObject({
      opportunities: 1,
      amounts: [{ currency: "EUR", amount: 1000.1 }],
    });
    expect((await move(b, qualified)).closed_at).toBeNull();
    expect(await codes(kim.id)).toContain("opportunity.moved");

    const edited = await heed.ok("PATCH", `/opportunities/${a.id}`, {
      contact_ids: [lee.id, kim.id],
      amount: null,
      expected_close: "2031-05-01",
    });
    expect(edited).toMatchObject({ amount: null, expected_close: "2031-05-01" });
    expect(edited.contacts).toMatchObject([
      { id: lee.id, primary: true },
      { id: kim.id, primary: false },
    ]);
    const ofLee = await heed.ok("GET", `/contacts/${lee.id}/opportunities`);
    expect(ofLee.items.map((each: Body) => each.title)).toEqual(["A"]);
    const searched = await heed.ok("GET", "/opportunities?q=lee&owner_id=me");
    expect(searched.items.map((each: Body) => each.id)).toEqual([a.id]);
    for (const wrong of [{ currency: "XYZ" }, { amount: 0.001 }, { contact_ids: [] }]) {
      expect((await heed.call("PATCH", `/opportunities/${a.id}`, wrong)).status).toBe(400);
    }

    const stages = (sums.stages as Body[]).map(({ id, name, kind }) => ({ id, name, kind }));
    const kept = await heed.call("PATCH", `/pipelines/${pipeline.id}`, { stages: stages.slice(1) });
    expect(kept.status).toBe(409);
    expect(kept.body.error).toMatchObject({ code: "stage_in_use", details: { opportunities: 2 } });
    expect(kept.body.error.message).toContain("another stage");
    const reordered = await heed.ok("PATCH", `/pipelines/${pipeline.id}`, {
      name: "Deals",
      stages: [stages[1], stages[0], { name: "Trial", kind: "open" }, stages[3]],
    });
    expect(reordered.stages.map((each: Body) => each.name)).toEqual([
      "Qualified",
      "New",
      "Trial",
      "Won",
    ]);
    await heed.ok("DELETE", `/opportunities/${a.id}`);
    expect((await heed.call("GET", `/opportunities/${a.id}`)).status).toBe(404);
  });

  test("pages of a stage go on where the last one ended", async () => {
    const pipeline = await heed.ok("POST", "/pipelines", { name: "Paged" });
    const stage = pipeline.stages[0].id;
    const pat = await contact(heed, "pat@paged.example");
    for (const title of "ABCDE") {
      await heed.ok("POST", "/opportunities", { title, stage_id: stage, contact_ids: [pat.id] });
    }
    for (const [filter, order] of [
      [`stage_id=${stage}`, "ABCDE"],
      [`pipeline_id=${pipeline.id}`, "EDCBA"],
    ]) {
      let walked = "";
      let cursor = "";
      do {
        const page = await heed.ok("GET", `/opportunities?limit=2&${filter}${cursor}`);
        walked += page.items.map((each: Body) => each.title).join("");
        cursor = page.next_cursor ? `&cursor=${page.next_cursor}` : "";
      } while (cursor);
      expect(walked).toBe(order);
    }
    const mixed = await heed.ok("GET", `/opportunities?limit=2&stage_id=${stage}`);
    const bad = await heed.call("GET", `/opportunities?limit=2&cursor=${mixed.next_cursor}`);
    expect(bad.body.error.code).toBe("bad_cursor");
  });
});

describe("conversations", () => {
  test("a reply by hand is sent in its thread, and shows what became of it", async () => {
    const zoe = await contact(heed, "zoe@talk.example", { first_name: "Zoë", last_name: "Talks" });
    const begun = await heed.ok("POST", `/contacts/${zoe.id}/conversations`, {
      subject: "Your question",
      text: "Hello Zoë,\n\nyes, we do.",
    });
    const first = await firstMail(heed, "zoe@talk.example");
    expect(first.text).toContain("yes, we do.");
    expect(first.headers["in-reply-to"]).toBeUndefined();
    const came = {
      contactId: zoe.id,
      channel: "email" as const,
      direction: "in" as const,
      subject: "RE: AW: your question",
      text: "And on Sundays?",
      at: new Date(),
      inboundId: newId(),
      mailId: "<from-zoe@talk.example>",
      answers: [first.headers["message-id"]],
    };
    const appended = await inside((tx) => appendToConversation(tx, came));
    expect(appended).toMatchObject({ conversationId: begun.id, added: true });
    expect(await inside((tx) => appendToConversation(tx, came))).toMatchObject({
      id: appended.id,
      added: false,
    });
    expect(await heed.ok("GET", "/conversations?unread=true&q=sundays")).toMatchObject({
      items: [{ id: begun.id, unread: true, last: { direction: "in" }, contact: { id: zoe.id } }],
    });
    const answer = await heed.ok("POST", `/conversations/${begun.id}/messages`, {
      text: "On Sundays too.",
    });
    expect(answer).toMatchObject({ subject: "Re: Your question", fate: { state: "queued" } });
    const second = await eventually(async () =>
      (await mailTo(heed, "zoe@talk.example")).find((mail) => mail.subject.startsWith("Re:")),
    );
    expect(second.headers["in-reply-to"]).toBe("<from-zoe@talk.example>");
    expect(second.headers.references.split(/\s+/)).toEqual([
      first.headers["message-id"],
      "<from-zoe@talk.example>",
    ]);
    const thread = await eventually(async () => {
      const { items } = await heed.ok("GET", `/conversations/${begun.id}/messages`);
      return items[0].fate.state === "accepted" && items;
    });
    expect(thread.map((each: Body) => each.text.slice(0, 10))).toEqual([
      "On Sundays",
      "And on Sun",
      "Hello Zoë,",
    ]);
    expect(await heed.ok("GET", `/conversations/${begun.id}`)).toMatchObject({ unread: false });
    await heed.ok("PATCH", `/conversations/${begun.id}`, { state: "closed" });
    expect((await heed.ok("GET", "/conversations?state=open&q=talks")).items).toEqual([]);
    const later = { ...came, inboundId: newId(), answers: [], mailId: null, at: new Date() };
    await inside((tx) => appendToConversation(tx, later));
    expect(await heed.ok("GET", `/conversations/${begun.id}`)).toMatchObject({ state: "open" });
    const told = await codes(zoe.id);
    expect(told.filter((code) => code === "conversation.written")).toHaveLength(2);
    expect(told.filter((code) => code === "conversation.received")).toHaveLength(2);
    expect(told).not.toContain("message.queued");
    expect(told.filter((code) => code === "message.accepted")).toHaveLength(2);
  });

  test("a stopped contact is not written to: the reasons are told, and nothing is kept or queued", async () => {
    const ned = await contact(heed, "ned@talk.example");
    const { id } = await heed.ok("POST", `/contacts/${ned.id}/conversations`, {
      subject: "One",
      text: "First",
    });
    await firstMail(heed, "ned@talk.example");
    await heed.ok("POST", `/contacts/${ned.id}/deactivation`, { because: "asked by phone" });
    for (const [path, body] of [
      [`/conversations/${id}/messages`, { text: "Again" }],
      [`/contacts/${ned.id}/conversations`, { subject: "Two", text: "Again" }],
    ] as const) {
      const { status, body: answer } = await heed.call("POST", path, body);
      expect(status).toBe(409);
      expect(answer.error).toMatchObject({
        code: "contact_stopped",
        details: { refusals: [{ code: "deactivated", because: "asked by phone" }] },
      });
    }
    expect((await heed.ok("GET", `/conversations/${id}/messages`)).items).toHaveLength(1);
    expect((await heed.ok("GET", `/contacts/${ned.id}/conversations`)).items).toHaveLength(1);
    expect(await mailTo(heed, "ned@talk.example")).toHaveLength(1);
  });

  test("two mails of one thread at once begin one conversation", async () => {
    const una = await contact(heed, "una@talk.example");
    const came = (subject: string) =>
      inside((tx) =>
        appendToConversation(tx, {
          contactId: una.id,
          channel: "email",
          direction: "in",
          subject,
          text: "x\0y",
          at: new Date(),
          inboundId: newId(),
        }),
      );
    await Promise.all(["Offer", "Re: offer", "Fwd: Re: OFFER", "Other"].map(came));
    const { items } = await heed.ok("GET", `/contacts/${una.id}/conversations`);
    expect(items).toHaveLength(2);
  });
});

describe("who sees what", () => {
  test("whoever sees only their own contacts sees what hangs on those alone", async () => {
    const mine = await contact(heed, "mine@own.example", { owner_id: seller.id });
    const theirs = await contact(heed, "theirs@own.example");
    const pipeline = await heed.ok("POST", "/pipelines", { name: "Own" });
    const shared = await heed.ok("POST", "/opportunities", {
      title: "Shared",
      stage_id: pipeline.stages[0].id,
      contact_ids: [theirs.id, mine.id],
    });
    const foreign = await heed.ok("POST", "/opportunities", {
      title: "Foreign",
      stage_id: pipeline.stages[0].id,
      contact_ids: [theirs.id],
    });
    const span = {
      starts_at: "2032-01-01T10:00:00Z",
      ends_at: "2032-01-01T11:00:00Z",
      time_zone: "UTC",
    };
    const meeting = await heed.ok("POST", `/contacts/${theirs.id}/appointments`, {
      title: "Meet",
      attendees: [{ contact_id: mine.id }],
      ...span,
    });
    const closedMeeting = await heed.ok("POST", `/contacts/${theirs.id}/appointments`, {
      title: "Closed",
      ...span,
    });
    const note = await heed.ok("POST", `/contacts/${theirs.id}/notes`, { text: "Secret" });
    const task = await heed.ok("POST", `/contacts/${theirs.id}/tasks`, {
      title: "Secret",
      assignee_id: seller.id,
    });
    const talk = await heed.ok("POST", `/contacts/${theirs.id}/conversations`, {
      subject: "Secret",
      text: "Secret",
    });
    const hidden: [string, string, object?][] = [
      ["GET", `/notes/${note.id}`],
      ["PATCH", `/notes/${note.id}`, { text: "x" }],
      ["DELETE", `/notes/${note.id}`],
      ["GET", `/tasks/${task.id}`],
      ["PATCH", `/tasks/${task.id}`, { done: true }],
      ["DELETE", `/tasks/${task.id}`],
      ["GET", `/appointments/${closedMeeting.id}`],
      ["GET", `/appointments/${closedMeeting.id}.ics`],
      ["PATCH", `/appointments/${closedMeeting.id}`, { title: "x" }],
      ["GET", `/opportunities/${foreign.id}`],
      ["POST", `/opportunities/${foreign.id}/move`, { stage_id: pipeline.stages[1].id }],
      ["DELETE", `/opportunities/${foreign.id}`],
      ["GET", `/conversations/${talk.id}/messages`],
      ["POST", `/conversations/${talk.id}/messages`, { text: "x" }],
      ...["notes", "tasks", "appointments", "opportunities", "conversations", "linked-items"].map(
        (kind): [string, string] => ["GET", `/contacts/${theirs.id}/${kind}`],
      ),
      ["POST", `/contacts/${theirs.id}/notes`, { text: "x" }],
    ];
    for (const [method, path, body] of hidden) {
      expect((await as(seller, method, path, body)).status, `${method} ${path}`).toBe(404);
    }
    const seen = await as(seller, "GET", `/opportunities/${shared.id}`);
    expect(seen.body.contacts).toMatchObject([{ id: mine.id, primary: false }]);
    const board = await as(seller, "GET", `/pipelines/${pipeline.id}`);
    expect(board.body.stages[0].opportunities).toBe(1);
    const met = await as(seller, "GET", `/appointments/${meeting.id}`);
    expect(met.body.attendees.map((each: Body) => each.contact.id)).toEqual([mine.id]);
    // Replacing what they see leaves what they do not see in its place.
    await as(seller, "PATCH", `/opportunities/${shared.id}`, { contact_ids: [mine.id] });
    await as(seller, "PATCH", `/appointments/${meeting.id}`, {
      attendees: [{ contact_id: mine.id }],
    });
    expect((await heed.ok("GET", `/opportunities/${shared.id}`)).contacts).toMatchObject([
      { id: theirs.id, primary: true },
      { id: mine.id, primary: false },
    ]);
    expect((await heed.ok("GET", `/appointments/${meeting.id}`)).attendees).toHaveLength(2);
    for (const path of ["/tasks?assignee=me", "/conversations", "/opportunities?q=Foreign"]) {
      expect((await as(seller, "GET", path)).body.items, path).toEqual([]);
    }
    expect((await as(seller, "POST", "/pipelines", { name: "No" })).status).toBe(403);
  });

  test("what hangs on a contact in the bin is out of sight, and back as it was", async () => {
    const ida = await contact(heed, "ida@bin.example");
    const note = await heed.ok("POST", `/contacts/${ida.id}/notes`, { text: "Kept" });
    const pipeline = await heed.ok("POST", "/pipelines", { name: "Bin" });
    const deal = await heed.ok("POST", `/contacts/${ida.id}/opportunities`, {
      title: "Kept",
      stage_id: pipeline.stages[0].id,
    });
    const before = await heed.ok("GET", `/contacts/${ida.id}/linked-items`);
    expect(before).toMatchObject({ notes: 1, opportunities: 1, tasks: 0 });
    await binned(ida.id, newId());
    for (const path of [`/notes/${note.id}`, `/opportunities/${deal.id}`]) {
      expect((await heed.call("GET", path)).status).toBe(404);
    }
    await binned(ida.id, null);
    expect(await heed.ok("GET", `/notes/${note.id}`)).toEqual(note);
    expect(await heed.ok("GET", `/opportunities/${deal.id}`)).toEqual(deal);
    // Gone with a deletion of its own: out of the board, its sums and the profile's counts.
    await heed.db.pool.query("UPDATE opportunity SET deletion_id = $1 WHERE id = $2", [
      newId(),
      deal.id,
    ]);
    expect((await heed.call("GET", `/opportunities/${deal.id}`)).status).toBe(404);
    expect((await heed.ok("GET", `/pipelines/${pipeline.id}`)).stages[0].opportunities).toBe(0);
    expect(await heed.ok("GET", `/contacts/${ida.id}/linked-items`)).toMatchObject({
      opportunities: 0,
    });
    const stages = pipeline.stages.slice(1);
    const kept = await heed.call("PATCH", `/pipelines/${pipeline.id}`, { stages });
    expect(kept.body.error.details).toMatchObject({ opportunities: 0, in_bin: 1 });
  });
});

test("a merge moves everything, and its way back restores both contacts", async () => {
  const [ann, bea, cyd] = [
    await contact(heed, "ann@merge.example"),
    await contact(heed, "bea@merge.example"),
    await contact(heed, "cyd@merge.example"),
  ];
  const pipeline = await heed.ok("POST", "/pipelines", { name: "Merge" });
  const stage_id = pipeline.stages[0].id;
  await heed.ok("POST", "/opportunities", {
    title: "Both",
    stage_id,
    contact_ids: [ann.id, bea.id],
  });
  await heed.ok("POST", "/opportunities", {
    title: "Ann's",
    stage_id,
    contact_ids: [cyd.id, ann.id],
  });
  for (const who of [ann, bea]) {
    await heed.ok("POST", `/contacts/${who.id}/notes`, { text: who.email });
    await heed.ok("POST", `/contacts/${who.id}/tasks`, { title: who.email });
    await heed.ok("POST", `/contacts/${who.id}/appointments`, {
      title: who.email,
      starts_at: "2033-01-01T10:00:00Z",
      ends_at: "2033-01-01T11:00:00Z",
      time_zone: "UTC",
      attendees: [{ contact_id: who === ann ? bea.id : cyd.id }],
    });
    await heed.ok("POST", `/contacts/${who.id}/conversations`, { subject: "Hi", text: who.email });
  }
  const picture = async () =>
    Promise.all(
      [ann, bea, cyd].flatMap((who) =>
        ["notes", "tasks", "appointments", "conversations", "opportunities"].map(async (kind) => {
          const { items } = await heed.ok("GET", `/contacts/${who.id}/${kind}`);
          return (items as Body[]).map((each) => [
            each.id,
            (each.contacts ?? []).map((c: Body) => `${c.id} ${c.primary}`).sort(),
            (each.attendees ?? []).map((a: Body) => a.email).sort(),
          ]);
        }),
      ),
    );
  const before = await picture();
  const merged = await heed.ok("POST", `/contacts/${bea.id}/merge`, { with: ann.id });
  // Where both attended already, nothing had to move.
  expect(merged.effects.linked_items).toBe(5);
  expect(await inside((tx) => linkedCounts(tx, [ann.id]))).toEqual({
    notes: 0,
    tasks: 0,
    appointments: 0,
    conversations: 0,
    opportunities: 0,
  });
  expect(await heed.ok("GET", `/contacts/${bea.id}/linked-items`)).toEqual({
    notes: 2,
    tasks: 2,
    appointments: 2,
    conversations: 2,
    opportunities: 2,
  });
  const both = await heed.ok("GET", "/opportunities?q=Both");
  expect(both.items[0].contacts).toMatchObject([{ id: bea.id, primary: true }]);
  await heed.ok("POST", `/contacts/${bea.id}/unmerge`, { with: ann.id });
  expect(await picture()).toEqual(before);
});
