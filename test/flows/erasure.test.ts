import { afterAll, beforeAll, expect, test } from "vitest";
import { keepBins } from "../../src/modules/removal/index.ts";
import { tracesOf } from "../builders/traces.ts";
import { eventually, startHeed, type TestHeed } from "../support/heed.ts";
import {
  type Body,
  campaign,
  contact,
  importCsv,
  listOf,
  mailTo,
  started,
} from "./support/outreach.ts";
import { jobEnd, removed } from "./support/removal.ts";

let heed: TestHeed;
beforeAll(async () => {
  heed = await startHeed();
});
afterAll(() => heed.stop());

const traces = (...needles: string[]) => tracesOf(heed, needles);

const refusals = async (id: string) =>
  (await heed.ok("GET", `/contacts/${id}/sending-status?channel=email`)).channels[0].refusals.map(
    (each: Body) => each.code,
  );

test("erasing leaves no trace of name, address or number anywhere, and never writes to the person again", async () => {
  const address = "zephyrine.quillfeather@canary.example";
  const second = "zq.private@canary.example";
  const person = {
    first_name: "Zephyrine",
    last_name: "Quillfeather",
    addresses: [
      { channel: "email", value: address },
      { channel: "email", value: second },
      { channel: "sms", value: "+447700900123" },
    ],
    attributes: { motto: "Quillfeather forever" },
  };
  const created = await heed.call("POST", "/contacts", person, {
    headers: { "idempotency-key": "zq" },
  });
  const id = created.body.id;
  const { id: list } = await listOf(heed, ["bystander@canary.example"]);
  await heed.ok("POST", `/lists/${list}/members`, { selection: { ids: [id] } });
  const run = await campaign(heed, [list], ["PT0S", "P9D"]);
  await started(heed, run);
  await eventually(async () => (await mailTo(heed, address)).length === 1);
  const results = await eventually(async () => {
    const now = await heed.ok("GET", `/campaigns/${run}/results`);
    return now.steps[0].sent === 2 ? now : null;
  });
  await heed.ok("POST", `/campaigns/${run}/test`, { to: "boss@office.example", contact_id: id });
  await eventually(async () => (await mailTo(heed, "boss@office.example")).length === 1);
  const stop = await heed.ok("POST", `/contacts/${id}/deactivation`, {
    because: "Quillfeather rang",
  });
  await heed.ok("DELETE", `/contacts/${id}/deactivation`, {
    authorization: "Zephyrine Quillfeather wrote",
  });
  await heed.ok("POST", "/stops", {
    kind: "unsubscribe",
    address: { channel: "email", value: address },
    because: `said by ${address}`,
  });
  expect(stop).toBeTruthy();
  await importCsv(
    heed,
    `Email,First name,Last name,Phone\n${address},Zephyrine,Quillfeather,+447700900123\nbroken,Zephyrine,Quillfeather,\nnot-an-email-${address}@@,Zephyrine,Quillfeather,\n`,
  );
  const form = new FormData();
  form.append("file", new Blob([`Email\n${address}\n`], { type: "text/csv" }), "waiting.csv");
  const waiting = await heed.ok("POST", "/imports", form);
  await heed.call("POST", `/lists/${list}/members`, { selection: { filter: { q: address } } });
  await heed.call("POST", "/deletions/preview", { selection: { filter: { q: address } } });
  expect((await traces("quillfeather", address, second)).length).toBeGreaterThan(10);

  const request = await heed.ok("POST", "/erasure-requests", {
    reference: "TICKET-812",
    received_at: "2026-01-31T10:00:00Z",
    address: { channel: "email", value: address },
  });
  expect(request).toMatchObject({ due_at: "2026-02-28T10:00:00.000Z", status: "overdue" });
  const shown = await heed.ok("POST", `/erasure-requests/${request.id}/preview`);
  expect(shown).toMatchObject({ mode: "erase", count: 1, restorable_until: null });
  const { deletion_id, job_id } = await heed.ok("POST", "/deletions", {
    token: shown.token,
    confirm: "DELETE",
  });
  expect(await jobEnd(heed, job_id)).toMatchObject({ state: "finished", counts: { removed: 1 } });

  expect(await traces("zephyrine", "quillfeather", address, second, "447700900123")).toEqual([]);
  expect((await heed.ok("GET", `/imports/${waiting.id}`)).state).toBe("cancelled");
  expect((await heed.ok("GET", `/campaigns/${run}/results`)).steps).toEqual(results.steps);
  const certificate = await heed.ok("GET", `/erasures/${deletion_id}/certificate`);
  expect(certificate).toMatchObject({
    reference: "TICKET-812",
    contacts: 1,
    erased: { contact: 1, contact_address: 1 },
  });
  const pdf = await heed.call("GET", `/erasures/${deletion_id}/certificate.pdf`);
  expect([pdf.status, pdf.headers.get("content-type")]).toEqual([200, "application/pdf"]);
  expect(String(pdf.body)).toMatch(/^%PDF-1\.4[\s\S]*TICKET-812[\s\S]*%%EOF/);
  expect((await heed.ok("GET", `/erasure-requests/${request.id}`)).status).toBe("done");
  expect(await heed.ok("GET", "/ledger/verification")).toMatchObject({ valid: true });

  const reborn = await contact(heed, address);
  expect(await refusals(reborn.id)).toEqual(expect.arrayContaining(["suppressed", "unsubscribed"]));
});

test("erases a contact that is in the bin, and what is left of an address that no contact has", async () => {
  const gone = await contact(heed, "binned@canary.example", { last_name: "Oddwinkle" });
  await removed(heed, { ids: [gone.id] });
  await removed(heed, { ids: [gone.id] }, { mode: "erase" });
  expect(await traces("binned@canary.example", "oddwinkle")).toEqual([]);

  await importCsv(heed, "Email,First name\nnobody@canary.example@x,Nobody\n");
  await heed.ok("POST", "/stops", {
    kind: "suppression",
    address: { channel: "email", value: "nobody@canary.example" },
  });
  const request = await heed.ok("POST", "/erasure-requests", {
    reference: "TICKET-813",
    address: { channel: "email", value: "nobody@canary.example" },
  });
  expect(request.status).toBe("open");
  const shown = await heed.ok("POST", `/erasure-requests/${request.id}/preview`);
  expect(shown.count).toBe(0);
  const { job_id } = await heed.ok("POST", "/deletions", { token: shown.token, confirm: "DELETE" });
  await jobEnd(heed, job_id);
  expect(await traces("nobody@canary.example")).toEqual([]);
  expect((await heed.ok("GET", `/erasure-requests/${request.id}`)).status).toBe("done");
});

test("alarms of a request before it is due, once", async () => {
  const one = await contact(heed, "late@canary.example");
  const received = new Date();
  const request = await heed.ok("POST", "/erasure-requests", {
    reference: "TICKET-814",
    contact_id: one.id,
    received_at: received.toISOString(),
  });
  const due = Date.parse(request.due_at);
  const day = 86_400_000;
  const alarms = async () =>
    (await heed.ok("GET", "/ledger?act=erasure_request.due_soon&limit=200")).items.filter(
      (each: Body) => each.subject_id === request.id,
    ).length;
  await keepBins(heed.db, new Date(due - 3 * day - 1));
  expect(await alarms()).toBe(0);
  await keepBins(heed.db, new Date(due - 3 * day));
  await keepBins(heed.db, new Date(due));
  expect(await alarms()).toBe(1);
});
