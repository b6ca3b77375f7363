import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { keepBins } from "../../src/modules/removal/index.ts";
import { eventually, startHeed, type TestHeed } from "../support/heed.ts";
import {
  addTo,
  type Body,
  campaign,
  contact,
  importCsv,
  inState,
  listOf,
  mailTo,
  started,
} from "./support/outreach.ts";
import { person } from "./support/people.ts";
import { jobEnd, preview, removed, restored } from "./support/removal.ts";

let heed: TestHeed;
beforeAll(async () => {
  heed = await startHeed();
});
afterAll(() => heed.stop());

const found = async (id: string) => (await heed.call("GET", `/contacts/${id}`)).status === 200;
const refusals = async (id: string) =>
  (await heed.ok("GET", `/contacts/${id}/sending-status?channel=email`)).channels[0].refusals.map(
    (each: Body) => each.code,
  );

describe("deleting", () => {
  test("shows the whole effect, asks for the word, and takes the contact out of sight", async () => {
    const { id: list, contacts } = await listOf(heed, ["ada@delete.example", "bob@delete.example"]);
    const [ada, bob] = contacts;
    await heed.ok("POST", `/contacts/${ada.id}/deactivation`, { because: "asked" });
    const shown = await preview(heed, { ids: [ada.id] });
    expect(shown).toMatchObject({
      count: 1,
      confirm: "DELETE",
      blocked: [],
      stops_kept: 1,
      approval_needed: false,
      linked: { list_memberships: 1 },
      people: [{ id: ada.id, email: "ada@delete.example" }],
    });
    for (const wrong of ["delete", "1", "", "DELETE!"]) {
      const refused = await heed.call("POST", "/deletions", { token: shown.token, confirm: wrong });
      expect([refused.status, refused.body.error.code]).toEqual([409, "confirmation_wrong"]);
    }
    expect(await found(ada.id)).toBe(true);
    const answer = await heed.call("POST", "/deletions", { token: shown.token, confirm: "DELETE" });
    expect(answer.status).toBe(202);
    expect((await jobEnd(heed, answer.body.job_id)).counts).toEqual({ removed: 1, skipped: 0 });
    expect(await found(ada.id)).toBe(false);
    expect(await found(bob.id)).toBe(true);
    expect(await heed.ok("GET", `/lists/${list}`)).toMatchObject({ member_count: 1 });
    const bin = await heed.ok("GET", "/bin?q=ada@delete.example&count=true");
    expect(bin).toMatchObject({ count: 1, items: [{ contact_id: ada.id }] });
    const again = await heed.call("POST", "/deletions", { token: shown.token, confirm: "DELETE" });
    expect([again.status, again.body.error.code]).toEqual([409, "preview_used"]);
    // S6: whoever is created again with the address is stopped from birth.
    const reborn = await contact(heed, "ada@delete.example");
    expect(await refusals(reborn.id)).toEqual(["deactivated"]);
    const back = await heed.call("POST", `/bin/${ada.id}/restoration`);
    expect([back.status, back.body.error.code, back.body.error.details.contact_id]).toEqual([
      409,
      "address_taken",
      reborn.id,
    ]);
    // The new one can be activated, and that lifts what it inherited.
    await heed.ok("DELETE", `/contacts/${reborn.id}/deactivation`, { authorization: "Ada called" });
    expect(await refusals(reborn.id)).toEqual([]);
  });

  test("refuses a set that changed since the preview, and another's preview", async () => {
    const { id: list, contacts } = await listOf(heed, ["a@changed.example", "b@changed.example"]);
    const shown = await preview(heed, { list_id: list });
    const late = await contact(heed, "c@changed.example");
    await addTo(heed, list, [late]);
    const refused = await heed.call("POST", "/deletions", {
      token: shown.token,
      confirm: "DELETE",
    });
    expect(refused.body.error).toMatchObject({
      code: "preview_changed",
      details: { added: 1, gone: 0, changed: 0 },
    });
    const second = await preview(heed, { list_id: list });
    await heed.ok("PATCH", `/contacts/${contacts[0].id}`, { company: "Other" });
    expect(
      (await heed.call("POST", "/deletions", { token: second.token, confirm: "DELETE" })).body
        .error,
    ).toMatchObject({ code: "preview_changed", details: { changed: 1 } });
    const third = await preview(heed, { list_id: list });
    const other = await person(heed, "Company Manager", "Another");
    expect(
      (await other.call("POST", "/deletions", { token: third.token, confirm: "DELETE" })).body.error
        .code,
    ).toBe("preview_unknown");
    await heed.db.pool.query("UPDATE deletion SET expires_at = now() WHERE id = $1", [
      third.deletion_id,
    ]);
    expect(
      (await heed.call("POST", "/deletions", { token: third.token, confirm: "DELETE" })).body.error
        .code,
    ).toBe("preview_expired");
    expect((await heed.ok("GET", `/lists/${list}`)).member_count).toBe(3);
  });

  test("skips what another system owns, and says the way out", async () => {
    const { contacts } = await listOf(heed, ["own@locked.example", "free@locked.example"]);
    const [owned, free] = contacts;
    await heed.ok("PUT", `/contacts/${owned.id}/external-refs/hubspot`, {
      external_id: "42",
      deletion: "locked",
    });
    const ids = [owned.id, free.id, "019a0000-0000-7000-8000-000000000000"];
    const shown = await preview(heed, { ids });
    expect(shown.count).toBe(1);
    expect(shown.blocked).toEqual([
      { contact_id: owned.id, code: "contact_locked_by_crm" },
      { contact_id: ids[2], code: "not_found" },
    ]);
    expect(shown.blocked_counts[0].way_out).toContain("Another system owns");
    await removed(heed, { ids });
    expect([await found(owned.id), await found(free.id)]).toEqual([true, false]);
    await heed.call("DELETE", `/contacts/${owned.id}/external-refs/hubspot`);
    await removed(heed, { ids: [owned.id] });
    expect(await found(owned.id)).toBe(false);
  });

  test("is refused to roles without it and where the workspace only deactivates", async () => {
    const one = await contact(heed, "kept@policy.example");
    const seller = await person(heed, "Sales Manager");
    const refused = await seller.call("POST", "/deletions/preview", {
      selection: { ids: [one.id] },
    });
    expect(refused.status).toBe(403);
    expect(refused.body.error.details.roles).toEqual(["Administrator", "Company Manager"]);
    await heed.ok("PATCH", "/workspace", { policy: { deletion: "off" } });
    const off = await heed.call("POST", "/deletions/preview", { selection: { ids: [one.id] } });
    expect([off.status, off.body.error.code, off.body.error.details.instead]).toEqual([
      403,
      "deletion_off",
      "deactivation",
    ]);
    await heed.ok("PATCH", "/workspace", { policy: { deletion: "bin" } });
  });

  test("above the threshold waits for another person who may delete", async () => {
    await heed.ok("PATCH", "/workspace", { policy: { approval_threshold: 2 } });
    const { contacts } = await listOf(heed, ["a@two.example", "b@two.example", "c@two.example"]);
    const shown = await preview(heed, { ids: contacts.map((each) => each.id) });
    expect(shown.approval_needed).toBe(true);
    const waits = await heed.ok("POST", "/deletions", { token: shown.token, confirm: "DELETE" });
    expect(waits).toMatchObject({ job_id: null, state: "awaiting_approval" });
    const path = `/deletions/${waits.deletion_id}/approval`;
    expect((await heed.call("POST", path)).body.error.code).toBe("approval_by_another");
    const seller = await person(heed, "Marketing Manager");
    expect((await seller.call("POST", path)).status).toBe(403);
    const second = await person(heed, "Company Manager", "Second");
    // One of them goes otherwise in the meantime: it is skipped and named.
    const alone = await removed(heed, { ids: [contacts[1].id] });
    const approved = await second.call("POST", path);
    expect(approved.status).toBe(202);
    expect((await jobEnd(heed, approved.body.job_id)).counts).toEqual({ removed: 2, skipped: 1 });
    expect((await heed.ok("GET", `/jobs/${approved.body.job_id}/items`)).items).toMatchObject([
      { subject_id: contacts[1].id, outcome: "skipped", reason: "in_bin" },
    ]);
    expect((await heed.ok("GET", `/deletions/${alone.id}`)).in_bin).toBe(1);

    const more = await listOf(heed, ["d@two.example", "e@two.example", "f@two.example"]);
    const lapses = await preview(heed, { list_id: more.id });
    const { deletion_id } = await heed.ok("POST", "/deletions", {
      token: lapses.token,
      confirm: "DELETE",
    });
    const in72h = (hours: number) => new Date(Date.now() + (72 + hours) * 3_600_000);
    await keepBins(heed.db, in72h(-0.1));
    expect((await heed.ok("GET", `/deletions/${deletion_id}`)).state).toBe("awaiting_approval");
    await keepBins(heed.db, in72h(0.1));
    expect((await heed.ok("GET", `/deletions/${deletion_id}`)).state).toBe("expired");
    await heed.ok("PATCH", "/workspace", { policy: { approval_threshold: 1000 } });
  });
});

describe("restoring", () => {
  test("merges with whoever has the address by now, when asked to", async () => {
    const old = await contact(heed, "twice@merge.example", { last_name: "Olden" });
    await heed.ok("POST", `/contacts/${old.id}/notes`, { text: "rang in May" });
    await removed(heed, { ids: [old.id] });
    const reborn = await contact(heed, "twice@merge.example");
    const merged = await heed.ok("POST", `/bin/${old.id}/restoration`, { on_conflict: "merge" });
    expect(merged).toEqual({
      contact_id: old.id,
      outcome: "merged",
      other_contact_id: reborn.id,
    });
    expect(await heed.ok("GET", `/contacts/${reborn.id}`)).toMatchObject({ last_name: "Olden" });
    expect((await heed.ok("GET", "/bin?q=twice@merge.example")).items).toEqual([]);
    expect((await heed.ok("GET", `/contacts?q=twice@merge.example`)).items).toHaveLength(1);
  });

  test("brings everything back as it was, follow-ups paused, and leaves later stops in force", async () => {
    const { id: list, contacts } = await listOf(heed, ["x@back.example", "y@back.example"]);
    const other = await listOf(heed, ["z@back.example"]);
    await heed.ok("POST", `/lists/${other.id}/exclusions`, {
      selection: { ids: [contacts[0].id] },
    });
    const run = await campaign(heed, [list], ["PT0S", "P5D"]);
    await started(heed, run);
    await eventually(async () => (await mailTo(heed, "x@back.example")).length === 1);
    await eventually(
      async () =>
        (await heed.ok("GET", `/campaigns/${run}/results`)).totals?.sent === 2 ||
        (await mailTo(heed, "y@back.example")).length === 1,
    );
    const snapshot = async (id: string) => {
      const {
        updated_at: _,
        stage: __,
        sending_status: ___,
        ...rest
      } = await heed.ok("GET", `/contacts/${id}`);
      return rest;
    };
    const before = await snapshot(contacts[0].id);
    const results = await heed.ok("GET", `/campaigns/${run}/results`);
    const shown = await preview(heed, { list_id: list });
    expect(shown).toMatchObject({
      follow_ups_that_end: 2,
      written_to: 2,
      linked: { follow_ups: 2, messages: 2 },
    });
    const deletion = await removed(heed, { list_id: list });
    expect(deletion).toMatchObject({ state: "done", removed: 2, in_bin: 2, restorable: true });
    expect((await heed.ok("GET", `/campaigns/${run}/results`)).steps).toEqual(results.steps);
    expect((await heed.ok("GET", `/lists/${list}`)).member_count).toBe(0);

    await heed.ok("POST", "/stops", {
      kind: "suppression",
      address: { channel: "email", value: "y@back.example" },
      because: "asked meanwhile",
    });
    const comes = await heed.ok("GET", `/deletions/${deletion.id}/restoration-preview`);
    expect(comes).toMatchObject({
      comes_back: { contacts: 2, linked: { list_memberships: 2, list_exclusions: 1 } },
      stays_away: { address_taken: 0, not_in_bin: 0 },
      stops_since: 1,
    });
    expect((await restored(heed, deletion.id)).counts).toEqual({ restored: 2 });
    expect(await snapshot(contacts[0].id)).toEqual(before);
    expect((await heed.ok("GET", `/lists/${list}`)).member_count).toBe(2);
    expect((await heed.ok("GET", `/lists/${other.id}`)).exclusion_count).toBe(1);
    const followUps = await heed.ok("GET", `/contacts/${contacts[0].id}/follow-ups`);
    expect(followUps.items).toMatchObject([{ state: "paused", next_step: 1 }]);
    expect(await refusals(contacts[1].id)).toEqual(["suppressed"]);
    expect((await heed.ok("GET", `/campaigns/${run}/results`)).steps).toEqual(results.steps);
  });

  test("suppresses whoever was written to when asked, and stops the re-imported from birth", async () => {
    const { id: list, contacts } = await listOf(heed, ["w@suppress.example"]);
    const never = await contact(heed, "n@suppress.example");
    const run = await campaign(heed, [list]);
    await started(heed, run, "finished");
    await inState(heed, run, "finished");
    await heed.ok("POST", "/stops", {
      kind: "do_not_disturb",
      contact_id: never.id,
      channel: "email",
    });
    await removed(heed, { ids: [contacts[0].id, never.id] }, { suppress: true });
    await importCsv(heed, "Email\nw@suppress.example\nn@suppress.example\n");
    const by = async (q: string) => (await heed.ok("GET", `/contacts?q=${q}`)).items[0].id;
    expect(await refusals(await by("w@suppress.example"))).toEqual(["suppressed"]);
    expect(await refusals(await by("n@suppress.example"))).toEqual(["do_not_disturb"]);
  });
});

test("a list is cleared by its number, exclusions kept or not, and the clearing can be undone", async () => {
  const emails = Array.from({ length: 12 }, (_, i) => `p${i}@clear.example`);
  const { id: list, contacts } = await listOf(heed, emails);
  await heed.ok("POST", `/lists/${list}/exclusions`, { selection: { ids: [contacts[11].id] } });
  const shown = await heed.ok("POST", `/lists/${list}/clearing/preview`, { keep_exclusions: true });
  expect(shown).toMatchObject({ count: 11, confirm: "11", exclusions: 1 });
  expect(
    (await heed.call("POST", `/lists/${list}/clearing`, { token: shown.token, confirm: "12" }))
      .status,
  ).toBe(409);
  const cleared = await heed.ok("POST", `/lists/${list}/clearing`, {
    token: shown.token,
    confirm: "11",
  });
  await jobEnd(heed, cleared.job_id);
  expect(await heed.ok("GET", `/lists/${list}`)).toMatchObject({
    member_count: 0,
    exclusion_count: 1,
  });
  expect(await found(contacts[0].id)).toBe(true);
  await restored(heed, cleared.deletion_id);
  expect(await heed.ok("GET", `/lists/${list}`)).toMatchObject({
    member_count: 11,
    exclusion_count: 1,
  });

  const all = await removed(heed, { list_id: list }, { also: "list" });
  expect((await heed.call("GET", `/lists/${list}`)).status).toBe(404);
  await restored(heed, all.id);
  expect(await heed.ok("GET", `/lists/${list}`)).toMatchObject({
    member_count: 11,
    exclusion_count: 1,
  });
});

test("the bin is purged at the end of its window and not before, and the stops stay", async () => {
  const { id: list, contacts } = await listOf(heed, ["p@purge.example", "q@purge.example"]);
  const run = await campaign(heed, [list]);
  await started(heed, run, "finished");
  await heed.ok("POST", `/contacts/${contacts[0].id}/deactivation`, { because: "asked" });
  const results = await heed.ok("GET", `/campaigns/${run}/results`);
  const deletion = await removed(heed, { list_id: list });
  const edge = new Date(deletion.restorable_until).getTime();
  await keepBins(heed.db, new Date(edge - 1));
  expect((await heed.ok("GET", `/deletions/${deletion.id}`)).purge_job_id).toBeNull();
  await keepBins(heed.db, new Date(edge));
  const { purge_job_id } = await heed.ok("GET", `/deletions/${deletion.id}`);
  expect((await jobEnd(heed, purge_job_id)).counts).toEqual({ purged: 2 });
  expect(await heed.ok("GET", `/deletions/${deletion.id}`)).toMatchObject({
    state: "purged",
    in_bin: 0,
    restorable: false,
  });
  expect((await heed.call("POST", `/deletions/${deletion.id}/restoration`)).status).toBe(409);
  expect(await heed.ok("GET", `/campaigns/${run}/results`)).toEqual(results);
  const reborn = await contact(heed, "p@purge.example");
  expect(await refusals(reborn.id)).toEqual(["deactivated"]);
});

test("an administrator purges early by the word, and a company manager does not", async () => {
  const one = await contact(heed, "early@purge.example");
  await removed(heed, { ids: [one.id] });
  const body = { selection: { ids: [one.id] }, confirm: "DELETE" };
  const manager = await person(heed, "Company Manager", "Early");
  expect((await manager.call("POST", "/bin/purge", body)).status).toBe(403);
  expect((await heed.call("POST", "/bin/purge", { ...body, confirm: "purge" })).status).toBe(409);
  await jobEnd(heed, (await heed.ok("POST", "/bin/purge", body)).job_id);
  expect((await heed.ok("GET", "/bin?q=early@purge.example")).items).toEqual([]);
  expect((await heed.call("POST", `/bin/${one.id}/restoration`)).status).toBe(404);
});
