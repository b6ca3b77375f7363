import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { eventually, startHeed, type TestHeed } from "../support/heed.ts";
import { axe, openBrowser, picture, type Scheme, settled, visit } from "./support/browser.ts";

/** What hangs on contacts, as a person works with it in the browser. */

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

type Look = (name: string) => Promise<void>;

/** A signed-in window for one story; what it shows is looked at with axe on the way. */
async function story(
  act: (page: Page, look: Look) => Promise<void>,
  scheme: Scheme = "light",
): Promise<void> {
  const { page, complaints, close } = await visit(browser, heed, { scheme });
  page.setDefaultTimeout(20_000);
  await act(page, async (name) => {
    await settled(page);
    expect(await axe(page), name).toEqual([]);
    await picture(page, `${name} ${scheme}`);
  });
  // A refused request is part of some stories, and the browser reports it.
  expect(complaints.filter((each) => !/status of 4\d\d/.test(each))).toEqual([]);
  await close();
}

async function contact(email: string, first: string, last: string): Promise<{ id: string }> {
  return heed.ok("POST", "/contacts", {
    first_name: first,
    last_name: last,
    addresses: [{ channel: "email", value: email }],
  });
}

const pages: [name: string, path: string, ready: string][] = [
  ["opportunities board", "/opportunities", "Framework contract"],
  ["opportunities list", "/opportunities?view=list", "Framework contract"],
  ["tasks", "/tasks?whose=everybody", "Send the two references"],
  ["appointments", "/appointments", "Contract review"],
];

test.each(pages)(
  "the page %s is clean in light, dark and on a telephone",
  async (name, path, ready) => {
    for (const scheme of ["light", "dark"] as const) {
      await story(async (page, look) => {
        await page.goto(`${heed.url}${path}`);
        await page.getByRole("heading", { level: 1 }).waitFor();
        await page.getByRole("main").getByText(ready).first().waitFor();
        await look(name);
      }, scheme);
    }
    const { page, close } = await visit(browser, heed, { width: 390 });
    await page.goto(`${heed.url}${path}`);
    await page.getByRole("heading", { level: 1 }).waitFor();
    await settled(page);
    const overflow = await page.evaluate<number>(
      "document.documentElement.scrollWidth - document.documentElement.clientWidth",
    );
    await picture(page, `${name} 390px`);
    expect(overflow).toBeLessThanOrEqual(0);
    expect(await axe(page)).toEqual([]);
    await close();
  },
);

test("a seller makes a pipeline, adds an opportunity, drags it, and moves it by the keyboard", async () => {
  await contact("dora@board.example", "Dora", "Boardwalk");
  await story(async (page, look) => {
    await page.goto(`${heed.url}/opportunities`);
    await page.getByRole("button", { name: "New pipeline" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Name of the pipeline").fill("Partners");
    await dialog.getByLabel("Name of stage 2").fill("Talking");
    await look("pipeline dialog");
    await dialog.getByRole("button", { name: "Add", exact: true }).click();
    await dialog.waitFor({ state: "detached" });
    await page.getByLabel("Pipeline", { exact: true }).selectOption({ label: "Partners" });

    for (const [title, amount] of [
      ["Resale in the north", "1500.50"],
      ["Resale in the south", "700"],
    ]) {
      await page.getByRole("button", { name: "New opportunity" }).click();
      await dialog.getByLabel("Title").fill(title as string);
      await dialog.getByRole("combobox", { name: /Contacts/ }).fill("boardwalk");
      await page.getByRole("option", { name: /Dora Boardwalk/ }).click();
      await dialog.getByLabel("Take Dora Boardwalk off").waitFor();
      await dialog.getByLabel("Amount").fill(amount as string);
      await look("opportunity dialog");
      await dialog.getByRole("button", { name: "Add", exact: true }).click();
      await dialog.waitFor({ state: "detached" });
    }
    const stage = (name: string) => page.getByRole("region", { name });
    const north = page.getByRole("listitem").filter({ hasText: "Resale in the north" });
    await stage("New").getByText("2 · €2,200.50").waitFor();
    await north.dragTo(stage("Talking"));
    await stage("Talking").getByText("Resale in the north").waitFor();
    await stage("New").getByText("1 · €700").waitFor();

    const mover = page.getByRole("button", { name: "Move Resale in the south" });
    await mover.focus();
    await page.keyboard.press("Enter");
    await page.getByRole("menuitem", { name: "To Talking" }).waitFor();
    await look("opportunity menu");
    await page.getByRole("menuitem", { name: "To Talking" }).press("Enter");
    await stage("Talking").getByText("Resale in the south").waitFor();
    const order = () => stage("Talking").getByRole("listitem").allInnerTexts();
    await eventually(async () => (await order())[0]?.includes("south"));
    // Dropped on the lower card, the upper one stays before it; on the upper, the lower comes first.
    await north.dragTo(page.getByRole("listitem").filter({ hasText: "south" }));
    await eventually(async () => (await order())[0]?.includes("north"));

    await page.getByRole("button", { name: "Edit pipeline" }).click();
    await dialog.getByRole("button", { name: "Remove stage 2" }).click();
    await dialog.getByRole("button", { name: "Save" }).click();
    await dialog
      .getByRole("alert")
      .getByText(/another stage first/)
      .waitFor();
    await dialog.getByRole("button", { name: "Cancel" }).click();
  });
});

test("a seller ticks a task off, adds one and finds it on the profile", async () => {
  const ivo = await contact("ivo@tasks.example", "Ivo", "Taskmann");
  await story(async (page, look) => {
    await page.goto(`${heed.url}/tasks`);
    await page.getByRole("button", { name: "New task" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("What is to be done").fill("Send the price list");
    await dialog.getByRole("combobox", { name: "For the contact" }).fill("taskmann");
    await page.getByRole("option", { name: /Ivo Taskmann/ }).click();
    await look("task dialog");
    await dialog.getByRole("button", { name: "Add", exact: true }).click();
    await dialog.waitFor({ state: "detached" });
    const box = page.getByRole("checkbox", { name: "Done: Send the price list" });
    await box.click();
    await box.waitFor({ state: "detached" });
    await page.goto(`${heed.url}/contacts/${ivo.id}?tab=tasks`);
    await page.getByText("Done", { exact: true }).click();
    await page.getByText("Send the price list").waitFor();
    await look("profile tasks");
    await page.getByRole("tab", { name: "Timeline" }).click();
    await page.getByText("Task done").waitFor();
  });
  const [task] = (await heed.ok("GET", `/contacts/${ivo.id}/tasks?done=true`)).items;
  expect(task.title).toBe("Send the price list");
});

test("a seller makes an appointment in another zone, and it comes as a calendar file", async () => {
  const mia = await contact("mia@dates.example", "Mia", "Dates");
  await story(async (page, look) => {
    await page.goto(`${heed.url}/contacts/${mia.id}?tab=appointments`);
    await page.getByRole("button", { name: "New appointment" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Title").fill("Harbour visit");
    await dialog.getByRole("combobox", { name: "Time zone" }).fill("New_York");
    await page.getByRole("option", { name: "America/New_York" }).click();
    await dialog.getByLabel("Place or link").fill("Pier 4");
    await dialog.getByLabel("Guests").fill("captain@ship.example");
    await look("appointment dialog");
    await dialog.getByRole("button", { name: "Add", exact: true }).click();
    await dialog.waitFor({ state: "detached" });
    await page.getByText("Harbour visit").waitFor();
    await page.getByText(/there \(America\/New_York\)/).waitFor();
    await look("profile appointments");
    const download = page.waitForEvent("download");
    await page.getByRole("link", { name: "Calendar file of Harbour visit" }).click();
    expect((await download).suggestedFilename()).toMatch(/\.ics$/);
    await page.goto(`${heed.url}/appointments?q=harbour`);
    await page.getByRole("link", { name: "Mia Dates" }).waitFor();
  });
});

test("a seller writes notes on a profile, and sees opportunities there", async () => {
  const [deal] = (await heed.ok("GET", "/opportunities?q=framework")).items;
  await story(async (page, look) => {
    await page.goto(`${heed.url}/contacts/${deal.contacts[0].id}?tab=notes`);
    await page.getByLabel("Write a note").fill("Prefers the telephone.");
    await page.getByRole("button", { name: "Add note" }).click();
    const card = page.getByRole("tabpanel").getByText("Prefers the telephone.", { exact: true });
    await card.last().waitFor();
    await look("profile notes");
    await page
      .getByRole("button", { name: /^Edit the note/ })
      .first()
      .click();
    await page.getByRole("dialog").getByLabel("Note", { exact: true }).fill("Prefers letters.");
    await page.getByRole("dialog").getByRole("button", { name: "Save" }).click();
    await page.getByText("Prefers letters.").waitFor();
    await page
      .getByRole("button", { name: /^Delete the note/ })
      .first()
      .click();
    await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
    await page.getByText("Prefers letters.").waitFor({ state: "detached" });
    await page.getByRole("tab", { name: "Opportunities" }).click();
    await page.getByRole("button", { name: "Framework contract" }).waitFor();
    await look("profile opportunities");
  });
});

test("a seller writes to a contact, and is told why when that is stopped", async () => {
  const leo = await contact("leo@letters.example", "Leo", "Letters");
  await story(async (page, look) => {
    await page.goto(`${heed.url}/contacts/${leo.id}?tab=conversations`);
    await page.getByRole("button", { name: "Write", exact: true }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Subject").fill("The samples");
    await dialog.getByRole("textbox", { name: "Text" }).fill("They left today.");
    await dialog.getByRole("button", { name: "Send" }).click();
    await dialog.waitFor({ state: "detached" });
    await page.getByRole("listitem").getByText("They left today.").waitFor();
    await page.getByText(/ · sent$/).waitFor();
    await look("conversation");
    await heed.ok("POST", `/contacts/${leo.id}/deactivation`, { because: "asked on the phone" });
    await page.getByLabel("Answer").fill("Did they arrive?");
    await page.getByRole("button", { name: "Send" }).click();
    await page.getByRole("alert").getByText("asked on the phone").waitFor();
    expect(await page.getByLabel("Answer").inputValue()).toBe("Did they arrive?");
    await look("conversation stopped");
  });
  expect((await heed.ok("GET", "/sink?to=leo@letters.example")).items).toHaveLength(1);
  const [talk] = (await heed.ok("GET", "/conversations?q=offer of last week")).items;
  await story(async (page, look) => {
    await page.goto(`${heed.url}/contacts/${talk.contact.id}?tab=conversations`);
    await page.getByRole("button", { name: /Your offer of last week/ }).click();
    await page.getByText("I shall take it to the committee").waitFor();
    await look("conversation thread");
  }, "dark");
});
