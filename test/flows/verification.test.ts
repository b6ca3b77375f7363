import { afterAll, beforeAll, expect, test } from "vitest";
import { verifyDue } from "../../src/modules/verification/index.ts";
import { type DnsServer, startDns } from "../servers/dns.ts";
import { eventually, startHeed, type TestHeed } from "../support/heed.ts";
import { type Body, contact, importCsv } from "./support/outreach.ts";

let dns: DnsServer;
let heed: TestHeed;
beforeAll(async () => {
  dns = await startDns({
    com: { ns: ["a.gtld-servers.net"] },
    "good.example": { mx: ["mx.good.example"] },
    "implicit.example": { a: ["192.0.2.1"] },
    "null.example": { mx: [""] },
    "web.example": {},
    "yopmail.com": { mx: ["mx.yopmail.com"] },
    "broken.example": "broken",
  });
  heed = await startHeed({ dnsServer: dns.address });
});
afterAll(async () => {
  await heed.stop();
  await dns.close();
});

const verify = (id: string): Promise<Body> => heed.ok("POST", `/contacts/${id}/verification`);
async function emailStatus(id: string): Promise<{ eligible: boolean; codes: string[] }> {
  const { channels } = await heed.ok("GET", `/contacts/${id}/sending-status?channel=email`);
  return {
    eligible: channels[0].eligible,
    codes: channels[0].refusals.map((each: Body) => each.code),
  };
}

test.each([
  ["ann@good.example", "valid", [], true],
  ["ann@implicit.example", "valid", [], true],
  ["info@good.example", "risky", ["role_account"], true],
  ["ann@yopmail.com", "risky", ["disposable"], true],
  ["ann@null.example", "invalid", ["null_mx"], false],
  ["ann@web.example", "invalid", ["no_mail_server"], false],
  ["ann@nowhere.example", "invalid", ["no_domain"], false],
  ["ann@broken.example", "unknown", ["no_answer"], true],
])("%s is %s", async (email, verdict, reasons, eligible) => {
  const person = await contact(heed, email);
  expect(await verify(person.id)).toMatchObject({ verdict, reasons });
  const status = await emailStatus(person.id);
  expect(status.eligible).toBe(eligible);
  if (!eligible) expect(status.codes).toEqual(["deactivated", "address_invalid"]);
});

test("an address from which mail came back is invalid, whatever its domain", async () => {
  const person = await contact(heed, "bounced@good.example");
  const address = { channel: "email", value: "bounced@good.example" };
  await heed.ok("POST", "/stops", { kind: "suppression", cause: "hard_bounce", address });
  expect(await verify(person.id)).toMatchObject({ verdict: "invalid", reasons: ["bounced"] });
});

test("verified again and valid, what the verdict stopped goes on, and nothing else", async () => {
  const person = await contact(heed, "late@soon.example");
  await verify(person.id);
  await heed.ok("POST", `/contacts/${person.id}/deactivation`, { because: "asked" });
  dns.zone["soon.example"] = { mx: ["mx.soon.example"] };
  expect(await verify(person.id)).toMatchObject({ verdict: "valid" });
  const { items } = await heed.ok("GET", `/contacts/${person.id}/stops`);
  expect(items.map((each: Body) => [each.cause, each.standing]).sort()).toEqual([
    ["api", true],
    ["invalid_address", false],
  ]);
});

test("a resolver that is cut off from the world stops nobody", async () => {
  const person = await contact(heed, "cut@off.example");
  const world = dns.zone.com;
  for (const com of ["broken", undefined] as const) {
    if (com) dns.zone.com = com;
    else delete dns.zone.com;
    expect(await verify(person.id)).toMatchObject({ verdict: "unknown", reasons: ["no_answer"] });
  }
  dns.zone.com = world as Body;
  expect((await emailStatus(person.id)).eligible).toBe(true);
});

test("imported and created addresses are looked at in the background, each domain once", async () => {
  const rows = ["ok", "fine"].map((name) => `${name}@good.example`);
  await importCsv(
    heed,
    `email\n${[...rows, "gone@absent.example", "too@absent.example"].join("\n")}\n`,
  );
  const stopped = await eventually(async () => {
    const { items } = await heed.ok("GET", "/contacts?q=absent.example");
    const stages = items.map((each: Body) => each.stage);
    return stages.length === 2 && stages.every((stage: string) => stage === "deactivated") && items;
  }, 40);
  expect(dns.asked.filter((name) => name === "absent.example")).toHaveLength(1);
  const known = await heed.ok("GET", `/contacts/${stopped[0].id}/verification`);
  const months = (Date.parse(known.expires_at) - Date.parse(known.at)) / (30 * 86_400_000);
  expect(months).toBeGreaterThan(8.9);
});

test("switched off by policy, nothing is looked at by itself", async () => {
  await heed.ok("PATCH", "/workspace", { policy: { verify_addresses: false } });
  const person = await contact(heed, "unseen@other-absent.example");
  const { rows } = await heed.db.pool.query("SELECT workspace_id FROM workspace LIMIT 1");
  const later = new Date(Date.now() + 60_000);
  await verifyDue(heed.db, rows[0].workspace_id, { resolver: null, now: later });
  expect((await heed.ok("GET", `/contacts/${person.id}/verification`)).at).toBeNull();
});
