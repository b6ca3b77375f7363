import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { eventually, startHeed, type TestHeed } from "../support/heed.ts";
import { axe, openBrowser, picture, type Scheme, settled, visit } from "./support/browser.ts";

let heed: TestHeed;
let browser: Browser;
/** Path of each page, by name; ids are those of the demo. */
let paths: Record<string, string>;

beforeAll(async () => {
  heed = await startHeed({ demo: true });
  browser = await openBrowser();
  const campaigns = (await heed.ok("GET", "/campaigns")).items as { id: string; name: string }[];
  const newsletter = campaigns.find((each) => each.name === "Autumn newsletter")?.id;
  await eventually(
    async () => (await heed.ok("GET", `/campaigns/${newsletter}`)).state === "finished",
    90,
  );
  const running = campaigns.find((each) => each.name === "New prospects")?.id;
  const [list] = (await heed.ok("GET", "/lists")).items;
  const [stopped] = (await heed.ok("GET", "/contacts?q=oldmill&limit=1")).items;
  const [template] = (await heed.ok("GET", "/templates")).items;
  const [job] = (await heed.ok("GET", "/jobs")).items;
  paths = {
    contacts: "/contacts",
    profile: `/contacts/${stopped.id}`,
    lists: "/lists",
    list: `/lists/${list.id}`,
    campaigns: "/campaigns",
    "campaign finished": `/campaigns/${newsletter}`,
    "campaign running": `/campaigns/${running}`,
    templates: "/templates",
    template: `/templates/${template.id}`,
    imports: "/imports",
    "outgoing mail": "/outgoing-mail",
    suppressions: "/suppressions",
    jobs: "/jobs",
    job: `/jobs/${job.id}`,
    ledger: "/ledger",
    settings: "/settings",
  };
}, 240_000);
afterAll(async () => {
  await browser?.close();
  await heed?.stop();
});

const names = [
  "contacts",
  "profile",
  "lists",
  "list",
  "campaigns",
  "campaign finished",
  "campaign running",
  "templates",
  "template",
  "imports",
  "outgoing mail",
  "suppressions",
  "jobs",
  "job",
  "ledger",
  "settings",
];

describe.each(["light", "dark"] as Scheme[])("in %s", (scheme) => {
  test.each(names)("the page %s opens without a complaint, and axe finds nothing", async (name) => {
    const { page, complaints, close } = await visit(browser, heed, { scheme });
    await page.goto(`${heed.url}${paths[name]}`);
    await settled(page);
    await page.getByRole("heading", { level: 1 }).first().waitFor({ timeout: 15_000 });
    expect(await axe(page)).toEqual([]);
    await picture(page, `${name} ${scheme}`);
    expect(complaints).toEqual([]);
    await close();
  });
});

test.each(["contacts", "profile", "campaign running", "suppressions"])(
  "the page %s fits a telephone of 390 px",
  async (name) => {
    const { page, close } = await visit(browser, heed, { width: 390 });
    await page.goto(`${heed.url}${paths[name]}`);
    await settled(page);
    await page.getByRole("heading", { level: 1 }).first().waitFor({ timeout: 15_000 });
    const overflow = await page.evaluate<number>(
      "document.documentElement.scrollWidth - document.documentElement.clientWidth",
    );
    await picture(page, `${name} 390px`);
    expect(overflow).toBeLessThanOrEqual(0);
    expect(await axe(page)).toEqual([]);
    await close();
  },
);

test("the sign-in page asks who you are, and axe finds nothing", async () => {
  const { page, close } = await visit(browser, heed, { signedIn: false });
  await page.goto(heed.url);
  await settled(page);
  await page.waitForURL(/sign-in/);
  expect(await axe(page)).toEqual([]);
  await picture(page, "sign-in light");
  await close();
});

test("the unsubscribe page is one button, without a script, in the reader's language", async () => {
  const [mail] = (await heed.ok("GET", "/sink?limit=1")).items;
  const link = /<(https?:[^>]+)>/.exec(mail.headers["list-unsubscribe"])?.[1] as string;
  for (const [locale, word] of [
    ["en-GB", /unsubscribe/i],
    ["fr-FR", /désabonner|désinscri/i],
  ] as const) {
    const { page, close } = await visit(browser, heed, { signedIn: false, locale });
    await page.goto(link);
    expect(await page.locator("script").count()).toBe(0);
    expect(await page.locator("body").innerText()).toMatch(word);
    expect(await axe(page)).toEqual([]);
    await picture(page, `unsubscribe ${locale}`);
    await close();
  }
});
