import { afterAll, beforeAll, expect, test } from "vitest";
import { eventually, startHeed, type TestHeed } from "../support/heed.ts";

const csv = [
  "Email,First name,Company",
  ...Array.from({ length: 20 }, (_, i) => `person${i}@example.org,Person ${i},Company ${i % 3}`),
].join("\n");

let heed: TestHeed;
beforeAll(async () => {
  heed = await startHeed();
});
afterAll(() => heed.stop());

async function importFile(listId: string) {
  const form = new FormData();
  form.append("file", new Blob([csv], { type: "text/csv" }), "people.csv");
  const uploaded = await heed.ok("POST", "/imports", form);
  const { job_id } = await heed.ok("POST", `/imports/${uploaded.id}/run`, { list_id: listId });
  await eventually(async () => (await heed.ok("GET", `/jobs/${job_id}`)).state === "finished");
  return heed.ok("GET", `/imports/${uploaded.id}`);
}

async function sinkOf(address: string) {
  return (await heed.ok("GET", `/sink?to=${encodeURIComponent(address)}`)).items;
}

async function finished(campaignId: string) {
  await eventually(
    async () => (await heed.ok("GET", `/campaigns/${campaignId}`)).state === "finished",
  );
}

test("who unsubscribes in the middle gets nothing more, however often the file is imported and campaigns are run", async () => {
  const list = await heed.ok("POST", "/lists", { name: "Spring", kind: "manual" });
  const first = await importFile(list.id);
  expect(first.counts).toMatchObject({ read: 20, created: 20, stopped: 0, rejected: 0 });

  const template = await heed.ok("POST", "/templates", {
    name: "Hello",
    subject: "Hello {{ contact.first_name }}",
    format: "text",
    body: "Hi {{ contact.first_name }}, no more: {{ unsubscribe_url }}",
  });
  const sequence = await heed.ok("POST", "/campaigns", {
    name: "Sequence",
    audience: { list_ids: [list.id], excluded_list_ids: [] },
    steps: [
      { template_id: template.id, delay: "PT0S" },
      { template_id: template.id, delay: "PT3S" },
    ],
  });
  expect(await heed.ok("GET", `/campaigns/${sequence.id}/audience`)).toMatchObject({
    total: 20,
    eligible: 20,
  });
  await heed.ok("POST", `/campaigns/${sequence.id}/start`);

  const [mail] = await eventually(async () => {
    const items = await sinkOf("person7@example.org");
    return items.length > 0 ? items : null;
  });
  const link = /<(https?:[^>]+)>/.exec(mail.headers["list-unsubscribe"])?.[1] as string;
  expect(mail.text).toContain(link);

  // Looking is not pressing (S12), and a press needs neither cookie nor sign-in.
  expect((await fetch(link)).status).toBe(200);
  expect(await heed.ok("GET", `/campaigns/${sequence.id}/audience`)).toMatchObject({
    eligible: 20,
  });
  const pressed = await fetch(link, {
    method: "POST",
    body: new URLSearchParams({ "List-Unsubscribe": "One-Click" }),
    redirect: "manual",
  });
  expect(pressed.status).toBe(200);

  await finished(sequence.id);
  expect(await sinkOf("person7@example.org")).toHaveLength(1);
  expect(await sinkOf("person8@example.org")).toHaveLength(2);
  const results = await heed.ok("GET", `/campaigns/${sequence.id}/results`);
  expect(results.total).toMatchObject({ sent: 39, unsubscribed: 1 });

  const again = await importFile(list.id);
  expect(again.counts).toMatchObject({
    read: 20,
    created: 0,
    unchanged: 19,
    stopped: 1,
    rejected: 0,
  });
  const oneOff = await heed.ok("POST", "/campaigns", {
    name: "One-off",
    audience: { list_ids: [list.id], excluded_list_ids: [] },
    steps: [{ template_id: template.id, delay: "PT0S" }],
  });
  expect(await heed.ok("GET", `/campaigns/${oneOff.id}/audience`)).toMatchObject({
    total: 20,
    eligible: 19,
  });
  await heed.ok("POST", `/campaigns/${oneOff.id}/start`);
  await finished(oneOff.id);
  expect(await sinkOf("person7@example.org")).toHaveLength(1);
  expect(await sinkOf("person8@example.org")).toHaveLength(3);

  const [contact] = (await heed.ok("GET", "/contacts?q=person7")).items;
  const status = await heed.ok("GET", `/contacts/${contact.id}/sending-status?channel=email`);
  expect(status.channels[0]).toMatchObject({
    eligible: false,
    refusals: [{ code: "unsubscribed" }],
  });
  const why = await heed.ok("GET", `/contacts/${contact.id}/why`);
  expect(why.answer).toMatch(/unsubscribed/i);
  expect(await heed.ok("GET", "/ledger/verification")).toMatchObject({ valid: true });
});
