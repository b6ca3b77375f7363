import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startHeed, type TestHeed } from "../support/heed.ts";
import { axe, openBrowser, picture, settled, visit } from "./support/browser.ts";

let heed: TestHeed;
let browser: Browser;

beforeAll(async () => {
  heed = await startHeed({ demo: true });
  browser = await openBrowser();
}, 240_000);
afterAll(async () => {
  await browser?.close();
  await heed?.stop();
});

/** A signed-in window for one story; its dialogs are looked at with axe on the way. */
async function story(
  act: (page: Page, look: (name: string) => Promise<void>) => Promise<void>,
): Promise<void> {
  const { page, complaints, close } = await visit(browser, heed);
  page.setDefaultTimeout(20_000);
  await act(page, async (name) => {
    await settled(page);
    expect(await axe(page), name).toEqual([]);
    await picture(page, name);
  });
  // A refused request is part of some stories, and the browser reports it.
  expect(complaints.filter((each) => !/status of 4\d\d/.test(each))).toEqual([]);
  await close();
}

test("a user deactivates a contact from the profile, and activates it again stating who authorised that", async () => {
  const [contact] = (await heed.ok("GET", "/contacts?q=kestrel&limit=1")).items;
  await story(async (page, look) => {
    await page.goto(`${heed.url}/contacts/${contact.id}`);
    await page.getByRole("button", { name: "Deactivate" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("textbox").first().fill("asked on the phone");
    await look("deactivate dialog");
    await dialog.getByRole("button", { name: /^Deactivate/ }).click();
    await dialog.waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Activate" }).click();
    await dialog.getByText("asked on the phone").first().waitFor();
    await dialog.getByRole("textbox").first().fill("Called back, ticket 812");
    await look("activate dialog");
    await dialog.getByRole("button", { name: /^Activate/ }).click();
    await dialog.waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Deactivate" }).waitFor();
  });
  const stops = (await heed.ok("GET", `/contacts/${contact.id}/stops`)).items;
  expect(stops[0]).toMatchObject({
    kind: "deactivation",
    because: "asked on the phone",
    standing: false,
    lift: { authorization: "Called back, ticket 812" },
  });
});

test("a marketer writes a template, makes a campaign, tests it and starts it", async () => {
  await story(async (page, look) => {
    await page.goto(`${heed.url}/templates/new`);
    await page.getByLabel("Name").fill("Spring offer");
    await page.getByLabel("Subject", { exact: false }).first().fill("Hi {{ contact.nonsense }}");
    await page
      .getByText(/contact\.nonsense/)
      .nth(1)
      .or(page.getByText(/There is no field/i))
      .first()
      .waitFor();
    await page.getByLabel("Subject", { exact: false }).first().fill("Hi ");
    await page.getByRole("button", { name: "contact.first_name" }).click();
    await page.getByRole("button", { name: "Save" }).click();
    await page.waitForURL(/templates\/[0-9a-f-]{36}/);

    await page.goto(`${heed.url}/campaigns`);
    await page.getByRole("button", { name: "New campaign" }).first().click();
    await page.getByRole("dialog").getByLabel("Name").fill("Spring");
    await page.getByRole("button", { name: "Make the draft" }).click();
    await page.waitForURL(/campaigns\/[0-9a-f-]{36}/);
    await page
      .getByRole("combobox", { name: "Template" })
      .or(page.getByLabel("Template"))
      .first()
      .click();
    await page.getByRole("option", { name: "Spring offer" }).click();
    await page.getByRole("combobox", { name: "Lists", exact: true }).click();
    await page.getByRole("option", { name: /Partners/ }).click();
    await page.keyboard.press("Escape");
    await settled(page);
    await look("campaign draft");
    await page.getByRole("button", { name: "Send a test" }).click();
    await page
      .getByRole("dialog")
      .getByLabel("To", { exact: false })
      .first()
      .fill("me@heed.example");
    await page.getByRole("button", { name: "Send the test" }).click();
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Start", exact: true }).click();
    await look("start dialog");
    await page.getByRole("button", { name: /^Start: write to/ }).click();
    await page
      .getByText(/contacts?:/)
      .first()
      .waitFor();
  });
  const [campaign] = (await heed.ok("GET", "/campaigns")).items;
  expect(campaign).toMatchObject({ name: "Spring" });
  expect(campaign.state).not.toBe("draft");
});

test("a user finds a prospect in a campaign, edits it, ticks Do not contact and saves", async () => {
  await story(async (page, look) => {
    await page.goto(`${heed.url}/campaigns`);
    await page.getByRole("link", { name: "New prospects" }).click();
    await page.getByRole("tab", { name: "Prospects" }).click();
    await page
      .getByRole("button", { name: /^Edit prospect/ })
      .nth(6)
      .click();
    await page.getByRole("dialog").getByLabel("First name").waitFor();
    await page.getByRole("dialog").getByLabel("Do not contact").check({ force: true });
    await page.getByLabel(/^Why/).fill("Asked at the fair");
    await look("edit prospect");
    await page.getByRole("button", { name: "Save changes" }).click();
    await page.getByRole("dialog").waitFor({ state: "detached" });
  });
  const acts = (await heed.ok("GET", "/ledger?act=stop.made&limit=1")).items;
  expect(acts[0].detail).toMatchObject({ kind: "do_not_contact" });
});

test("a user imports a file after a dry run, sees what was refused, and undoes it", async () => {
  const rows = Array.from(
    { length: 60 },
    (_, i) => `ann${i}@import.example,Ann${i},Bee,Acme,${i % 20 === 0 ? "yes" : ""}`,
  );
  const csv = [
    "Email,First name,Last name,Company,Unsubscribed",
    ...rows,
    "not-an-address,X,Y,Z,",
  ].join("\n");
  await story(async (page, look) => {
    await page.goto(`${heed.url}/imports`);
    await page
      .locator("input[type=file]")
      .setInputFiles({ name: "people.csv", mimeType: "text/csv", buffer: Buffer.from(csv) });
    await page.waitForURL(/imports\/[0-9a-f-]{36}/);
    await look("import mapping");
    await page.getByRole("button", { name: "Dry run", exact: true }).click();
    await page.getByText("What the import would do").waitFor({ timeout: 60_000 });
    await look("import dry run");
    await page.getByRole("button", { name: "Import", exact: true }).click();
    await page.getByText("What the import did").waitFor({ timeout: 60_000 });
    const [imported] = (await heed.ok("GET", "/imports")).items;
    expect(imported.counts).toMatchObject({ read: 61, created: 57, stopped: 3, rejected: 1 });
    await look("import done");
    await page.getByRole("button", { name: "Undo the import" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Undo the import" }).click();
    await page.getByText("What the undo did").waitFor({ timeout: 60_000 });
  });
  // What said stop goes on saying it, though the contacts are gone (S5).
  const { items } = await heed.ok("GET", "/suppressions?q=ann20@import.example");
  expect(items[0]).toMatchObject({ kind: "unsubscribe", standing: true });
});

test("an administrator makes an API key that is shown once, and revokes it", async () => {
  await story(async (page, look) => {
    await page.goto(`${heed.url}/settings/api-keys`);
    await page.getByRole("button", { name: "New API key" }).click();
    await page.getByRole("dialog").getByLabel("Name").fill("Website");
    await page.getByText("Only what I tick").click();
    await page.getByRole("dialog").getByLabel("contacts.view").check();
    await page.getByRole("button", { name: "Make the key" }).click();
    await page.getByText("This is shown once").waitFor();
    await look("api key");
    await page.keyboard.press("Escape");
    await page
      .getByRole("button", { name: /^Revoke: Website/ })
      .first()
      .click();
    await page.getByRole("dialog").getByRole("button", { name: "Revoke" }).click();
    await page.getByRole("dialog").waitFor({ state: "detached" });
  });
});

test("the recipient presses the one button, and is told what was stopped", async () => {
  const [mail] = (await heed.ok("GET", "/sink?limit=1")).items;
  const link = /<(https?:[^>]+)>/.exec(mail.headers["list-unsubscribe"])?.[1] as string;
  const { page, close } = await visit(browser, heed, { signedIn: false });
  await page.goto(link);
  await page.getByRole("button").first().click();
  await page.getByRole("heading").first().waitFor();
  expect(await axe(page)).toEqual([]);
  await picture(page, "unsubscribed");
  await close();
  const { items } = await heed.ok("GET", `/suppressions?q=${encodeURIComponent(mail.to)}`);
  expect(items.map((stop: { kind: string }) => stop.kind)).toContain("unsubscribe");
});
