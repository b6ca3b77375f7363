import fc from "fast-check";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newId } from "../../kernel/ids.ts";
import { type StopKind, sendingStatus } from "../consent/index.ts";
import { system } from "../ledger/index.ts";
import { excludeFromList } from "../lists/index.ts";
import { type CampaignWorld, campaignWorld } from "./testing.ts";

let world: CampaignWorld;
beforeAll(async () => {
  world = await campaignWorld();
});
afterAll(() => world.close());

const as = (method: "GET" | "POST" | "PATCH", path: string, body?: unknown) =>
  world.call(world.manager, method, path, body);

describe("templates", () => {
  it("are written, changed, listed and previewed as a contact", async () => {
    const made = await as("POST", "/templates", {
      name: "Hello",
      subject: "Hello {{ contact.first_name }}",
      format: "text",
      body: "Hi {{ contact.first_name }}",
    });
    expect([made.status, made.body.format]).toEqual([201, "text"]);
    const changed = await as("PATCH", `/templates/${made.body.id}`, {
      body: "Dear {{ contact.first_name }}",
    });
    expect(changed.body).toMatchObject({ name: "Hello", body: "Dear {{ contact.first_name }}" });
    const { bea } = await world.contacts(["bea"]);
    const preview = await as("POST", `/templates/${made.body.id}/preview`, { contact_id: bea });
    expect(preview.body).toMatchObject({ subject: "Hello bea", html: null, problems: [] });
    expect(preview.body.text).toMatch(/^Dear bea[\s\S]*Unsubscribe: http/);
    const list = await as("GET", "/templates?count=true");
    expect(list.body.count).toBe(1);
    expect(list.body.items[0]).not.toHaveProperty("body");
    expect(
      (await as("POST", "/templates", { name: "Hello", subject: "x", body: "x" })).body.error.code,
    ).toBe("name_taken");
  });

  it("that cannot be rendered are refused with every problem, and nothing is kept", async () => {
    const source = {
      subject: "{{ contact.nope }}",
      format: "mjml",
      body: "<mjml><mj-body><mj-foo/></mj-body></mjml>",
    };
    const refused = await as("POST", "/templates", { name: "Broken", ...source });
    expect(refused.status).toBe(422);
    expect(refused.body.error.details.problems.map((p: { code: string }) => p.code)).toEqual([
      "template_field_unknown",
      "mjml_invalid",
    ]);
    const preview = await as("POST", "/templates/preview", source);
    expect(preview.body.problems).toHaveLength(2);
    expect(
      (await as("POST", "/templates", { name: "Nul", subject: "x", body: "a\0b" })).status,
    ).toBe(400);
    expect((await as("GET", "/templates?count=true")).body.count).toBe(1);
  });

  it("are previewed only as contacts that the caller sees", async () => {
    const { strange } = await world.contacts(["strange"]);
    const answer = await world.call(world.sales, "POST", "/templates/preview", {
      subject: "x",
      format: "text",
      body: "{{ contact.email }}",
      contact_id: strange,
    });
    expect(answer.body.error.code).toBe("not_found");
    expect(
      (await world.call(world.sales, "POST", "/templates", { name: "No", subject: "x", body: "x" }))
        .status,
    ).toBe(403);
  });
});

describe("a campaign", () => {
  it("is written as a draft and changed until it starts; then only its name", async () => {
    const { cyd } = await world.contacts(["cyd"]);
    const list = await world.list([cyd as string]);
    const template_id = await world.template();
    const made = await as("POST", "/campaigns", {
      name: "Spring",
      audience: { list_ids: [list] },
      steps: [{ template_id, delay: "PT0S" }],
      topic_id: null,
      sending_account_id: null,
    });
    expect([made.status, made.body.state, made.body.time_zone]).toEqual([201, "draft", "UTC"]);
    const path = `/campaigns/${made.body.id}`;
    const window = { days: [1, 2, 3, 4, 5, 6, 7], from: "00:00", to: "24:00" };
    const changed = await as("PATCH", path, {
      time_zone: "europe/berlin",
      sending_window: window,
      steps: [{ template_id }, { template_id, delay: "P0DT48H" }],
    });
    expect(changed.body).toMatchObject({
      time_zone: "Europe/Berlin",
      sending_window: window,
      audience: { list_ids: [list] },
    });
    expect(changed.body.steps.map((s: { delay: string }) => s.delay)).toEqual(["PT0S", "PT48H"]);
    const started = await as("POST", `${path}/start`);
    expect([started.status, typeof started.body.job_id]).toEqual([202, "string"]);
    expect((await as("PATCH", path, { stop_on_reply: false })).body.error.code).toBe(
      "state_conflict",
    );
    expect((await as("PATCH", path, { name: "Late spring" })).body.name).toBe("Late spring");
    expect((await as("POST", `${path}/start`)).status).toBe(409);
    expect((await as("POST", `${path}/resume`)).status).toBe(409);
    expect((await as("GET", `${path}/results`)).body).toMatchObject({
      state: "starting",
      total: { sent: 0 },
      by_hour: [],
    });
  });

  it.each([
    [{ time_zone: "Mars/Olympus" }, "unknown_time_zone"],
    [{ time_zone: "+02:00" }, "unknown_time_zone"],
    [{ sending_window: { days: [1], from: "17:00", to: "09:00" } }, "bad_sending_window"],
    [{ sending_window: { days: [8], from: "09:00", to: "10:00" } }, "validation_failed"],
    [{ audience: { list_ids: [newId()] } }, "unknown_reference"],
    [{ topic_id: newId() }, "unknown_reference"],
    [{ sending_account_id: newId() }, "unknown_reference"],
    [{ steps: [{ template_id: newId() }] }, "unknown_reference"],
    [{ steps: [] }, "validation_failed"],
  ])("with %j is refused: %s", async (body, code) => {
    expect(
      (await as("POST", "/campaigns", { name: `Wrong ${newId()}`, ...body })).body.error.code,
    ).toBe(code);
  });

  it("with a delay that goes back, or steps over more than a year, is refused", async () => {
    const template_id = await world.template();
    for (const steps of [
      [{ template_id, delay: "-PT1S" }],
      [
        { template_id, delay: "P300D" },
        { template_id, delay: "P300D" },
      ],
    ]) {
      expect(
        (await as("POST", "/campaigns", { name: `Wrong ${newId()}`, steps })).body.error.code,
      ).toBe("bad_delay");
    }
  });

  it("does not start without a step, a list or an account", async () => {
    const empty = await as("POST", "/campaigns", { name: "Empty" });
    expect((await as("POST", `/campaigns/${empty.body.id}/start`)).body.error).toMatchObject({
      code: "campaign_incomplete",
      message: expect.stringContaining("step"),
    });
    const { dan } = await world.contacts(["dan"]);
    const id = await world.draft([await world.list([dan as string])]);
    await world.rows(sql`UPDATE sending_account SET archived_at = now()`);
    expect((await as("POST", `/campaigns/${id}/start`)).body.error.code).toBe("no_sending_account");
    await world.rows(sql`UPDATE sending_account SET archived_at = NULL`);
    expect((await as("GET", `/campaigns/${id}`)).body.state).toBe("draft");
  });

  it("sends a test through the gate, which counts in no figure", async () => {
    const { eli } = await world.contacts(["eli"]);
    const id = await world.draft([await world.list([eli as string])]);
    const test = await as("POST", `/campaigns/${id}/test`, {
      to: "Boss@Example.org",
      contact_id: eli,
    });
    expect(test.status).toBe(202);
    const [row] = await world.rows(
      sql<{
        address: string;
        contact_id: string | null;
      }>`SELECT address, contact_id FROM message WHERE id = ${test.body.message_id}`,
    );
    expect(row).toEqual({ address: "boss@example.org", contact_id: null });
    await world.deliver();
    expect((await as("GET", `/campaigns/${id}/results`)).body.total.sent).toBe(0);
    const refused = await as("POST", `/campaigns/${id}/test`, { to: "nobody" });
    expect([refused.status, refused.body.error.code]).toEqual([
      422,
      expect.stringMatching(/address|email|validation/),
    ]);
  });

  it("counts its audience as the decision on each contact says, each contact once (property)", async () => {
    const names = Array.from({ length: 12 }, (_, i) => `aud${i}`);
    const people = Object.values(await world.contacts(names));
    const kinds: StopKind[] = [
      "deactivation",
      "unsubscribe",
      "suppression",
      "do_not_disturb",
      "do_not_contact",
      "quarantine",
    ];
    const lists = [
      await world.list(people.slice(0, 8)),
      await world.list(people.slice(4)),
      await world.list(people.slice(10)),
    ];
    await world.rows(sql`UPDATE contact SET email_validity = 'invalid' WHERE id = ${people[3]}`);
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...people),
        fc.constantFrom(...kinds),
        fc.subarray([0, 1], { minLength: 1 }),
        fc.boolean(),
        async (contactId, kind, chosen, excluding) => {
          await world.stop(contactId, kind);
          const listIds = chosen.map((i) => lists[i] as string);
          const id = await world.draft(listIds);
          if (excluding)
            await as("PATCH", `/campaigns/${id}`, {
              audience: { list_ids: listIds, excluded_list_ids: [lists[2]] },
            });
          const members = new Set(
            chosen.flatMap((i) => (i === 0 ? people.slice(0, 8) : people.slice(4))),
          );
          const first: Record<string, number> = {};
          const any: Record<string, number> = {};
          let eligible = 0;
          for (const member of members) {
            const status = await world.act((tx) =>
              sendingStatus(tx, { contactId: member, channel: "email", campaignId: id }),
            );
            const codes = [...new Set(status.refusals.map((r) => r.code))];
            if (status.eligible) eligible++;
            else first[codes[0] as string] = (first[codes[0] as string] ?? 0) + 1;
            for (const code of codes) any[code] = (any[code] ?? 0) + 1;
          }
          const { body } = await as("GET", `/campaigns/${id}/audience`);
          const asRecord = (list: { code: string; count: number }[]) =>
            Object.fromEntries(list.map((each) => [each.code, each.count]));
          expect([body.total, body.eligible]).toEqual([members.size, eligible]);
          expect(asRecord(body.refused)).toEqual(first);
          expect(asRecord(body.by_reason)).toEqual(any);
        },
      ),
      { numRuns: 15 },
    );
  });

  it("shows a salesperson the audience of their own contacts alone", async () => {
    const own = await world.contacts(["mine"], world.sales.userId);
    const others = await world.contacts(["yours"]);
    const id = await world.draft([
      await world.list([...Object.values(own), ...Object.values(others)]),
    ]);
    expect((await as("GET", `/campaigns/${id}/audience`)).body.total).toBe(2);
    expect((await world.call(world.sales, "GET", `/campaigns/${id}/audience`)).body.total).toBe(1);
  });

  it("does not write to whoever is excluded from its list after enrolment", async () => {
    const { exc } = await world.contacts(["exc"]);
    const list = await world.list([exc as string]);
    const id = await world.draft([list]);
    await world.start(id);
    await world.act((tx) =>
      excludeFromList(
        tx,
        { afterExclusion: async () => {} },
        { listId: list, contactIds: [exc as string], userId: world.manager.userId, actor: system },
      ),
    );
    await world.sequence();
    expect(await world.rows(sql`SELECT 1 FROM message WHERE campaign_id = ${id}`)).toEqual([]);
    expect(await world.deliver()).toEqual([]);
    const prospects = await as("GET", `/campaigns/${id}/prospects`);
    expect(prospects.body.items[0]).toMatchObject({
      follow_up: { state: "stopped", because: "excluded" },
      refusals: ["excluded"],
    });
  });
});
