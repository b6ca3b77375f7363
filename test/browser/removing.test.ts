import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startHeed, type TestHeed } from "../support/heed.ts";
import { axe, openBrowser, picture, settled, visit } from "./support/browser.ts";

let heed: TestHeed;
let browser: Browser;
let people: { id: string; first_name: string; email: string }[];

beforeAll(async () => {
  heed = await startHeed({ demo: true });
  browser = await openBrowser();
  people = (await heed.ok("GET", "/contacts?sort=name&has_email=true&limit=20")).items;
}, 240_000);
afterAll(async () => {
  await browser?.close();
  await heed?.stop();
});

/** A signed-in window for one story; `look` puts what stands there before axe and takes its picture, light and dark. */
async function story(
  act: (page: Page, look: (name: string) => Promise<void>) => Promise<void>,
): Promise<void> {
  const { page, complaints, close } = await visit(browser, heed);
  page.setDefaultTimeout(20_000);
  await act(page, async (name) => {
    await settled(page);
    // What is pointed at has colours of its own.
    await page.mouse.move(0, 0);
    for (const scheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme: scheme });
      expect(await axe(page), `${name}, ${scheme}`).toEqual([]);
      await picture(page, `${name} ${scheme}`);
    }
    await page.emulateMedia({ colorScheme: "light" });
  });
  // A refused request is part of some stories, and the browser reports it.
  expect(complaints.filter((each) => !/status of 4\d\d/.test(each))).toEqual([]);
  await close();
}

test("a user deletes ticked contacts after the preview changed under them, and restores them from the bin", async () => {
  const [first, second] = people;
  await heed.ok("PUT", `/contacts/${second?.id}/external-refs/hubspot`, {
    external_id: "8812",
    deletion: "locked",
  });
  await story(async (page, look) => {
    await page.goto(`${heed.url}/contacts?sort=name&email=yes`);
    const boxes = page.getByRole("checkbox", { name: /^Select (?!all)/ });
    await boxes.nth(0).check();
    await boxes.nth(1).check();
    await page.getByRole("button", { name: "Delete", exact: true }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText(first?.email as string).waitFor();
    await dialog.getByText(/another system owns this contact/).waitFor();
    await look("delete dialog");

    // Somebody edits the contact meanwhile: nothing is deleted, and the preview is made anew.
    await heed.ok("PATCH", `/contacts/${first?.id}`, { company: "Kestrel Quarries" });
    await dialog.getByLabel(/^Type DELETE/).fill("DELETE");
    await dialog.getByRole("button", { name: "Delete", exact: true }).click();
    await dialog.getByText(/The preview was made anew/).waitFor();
    expect((await heed.call("GET", `/contacts/${first?.id}`)).status).toBe(200);
    await look("delete dialog, made anew");
    await dialog.getByLabel(/^Type DELETE/).fill("DELETE");
    await dialog.getByRole("button", { name: "Delete", exact: true }).click();
    await dialog.getByText(/It can be taken back there/).waitFor();
    await look("deleted");
    await dialog.getByRole("button", { name: "Close" }).last().click();
    expect((await heed.call("GET", `/contacts/${first?.id}`)).status).toBe(404);

    await page.getByRole("link", { name: "Bin", exact: true }).click();
    await page.getByText("1 contact deleted").first().waitFor();
    await look("bin");
    await page.getByRole("link", { name: "1 contact deleted" }).first().click();
    await page.getByRole("button", { name: "Restore all" }).click();
    await dialog.getByText("What comes back").waitFor();
    await look("restore dialog");
    await dialog.getByRole("button", { name: "Restore all" }).click();
    await dialog.getByText(/1 restored/).waitFor();
    await dialog.getByRole("button", { name: "Close" }).last().click();
  });
  expect((await heed.call("GET", `/contacts/${first?.id}`)).status).toBe(200);
});

test("where another contact took the address meanwhile, restoring offers to merge the two", async () => {
  const contact = people[4];
  const preview = await heed.ok("POST", "/deletions/preview", {
    selection: { ids: [contact?.id] },
  });
  await heed.ok("POST", "/deletions", { token: preview.token, confirm: "DELETE" });
  await expect
    .poll(async () => (await heed.ok("GET", `/deletions/${preview.deletion_id}`)).state)
    .toBe("done");
  const again = await heed.ok("POST", "/contacts", {
    first_name: "Again",
    addresses: [{ channel: "email", value: contact?.email }],
  });
  await story(async (page, look) => {
    await page.goto(`${heed.url}/bin?tab=contacts`);
    await page.getByRole("checkbox", { name: "Select all that are shown" }).check();
    await page.getByRole("button", { name: "Restore", exact: true }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText(/both cannot be kept/).waitFor();
    await dialog.getByLabel("Merge the two").check();
    await look("restore, address taken");
    await dialog.getByRole("button", { name: "Restore", exact: true }).click();
    await dialog.getByText(/1 merged/).waitFor();
  });
  expect((await heed.call("GET", `/contacts/${again.id}`)).status).toBe(200);
});

test("deleting from the profile offers to stop instead, and erasing gives a certificate", async () => {
  const contact = people[6];
  await story(async (page, look) => {
    await page.goto(`${heed.url}/contacts/${contact?.id}`);
    await page.getByRole("button", { name: "More for this contact" }).click();
    await look("profile menu");
    await page.getByRole("menuitem", { name: "Delete…" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText(/only want no more mail/).waitFor();
    await dialog.getByRole("button", { name: "Stop instead" }).click();
    await dialog.getByRole("button", { name: "Deactivate" }).waitFor();
    await page.keyboard.press("Escape");

    await page.getByRole("button", { name: "More for this contact" }).click();
    await page.getByRole("menuitem", { name: /^Erase/ }).click();
    await dialog.getByLabel(/^Reference/).fill("DSR-2026-041");
    await dialog.getByLabel(/^Type DELETE/).fill("DELETE");
    await look("erase dialog");
    await dialog.getByRole("button", { name: "Erase for good" }).last().click();
    await dialog.getByText("See the result of each").waitFor();
    await dialog.getByRole("progressbar").waitFor();
    await expect
      .poll(async () => (await heed.ok("GET", "/erasure-requests")).items[0]?.status)
      .toBe("done");
    await dialog.getByRole("button", { name: "Close" }).last().click();

    await heed.ok("POST", "/erasure-requests", {
      reference: "DSR-2026-007",
      received_at: "2026-01-02T00:00:00Z",
      address: { channel: "email", value: "someone@nowhere.example" },
    });
    await page.goto(`${heed.url}/bin?tab=requests`);
    await page.getByText(/1 erasure request is overdue/).waitFor();
    await page.getByRole("link", { name: "Certificate (PDF)" }).waitFor();
    await look("erasure requests");
  });
});

test("a list is cleared with its exclusions kept, after typing its number", async () => {
  const lists = (await heed.ok("GET", "/lists?limit=50")).items as {
    id: string;
    name: string;
    member_count: number;
  }[];
  const list = lists.filter((each) => each.member_count > 10).at(-1);
  await story(async (page, look) => {
    await page.goto(`${heed.url}/lists/${list?.id}`);
    await page.getByRole("button", { name: "More for this list" }).click();
    await look("list menu");
    await page.getByRole("menuitem", { name: "Remove all contacts and keep exclusions" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText(/leave the list. Nobody is deleted/).waitFor();
    const submit = dialog.getByRole("button", { name: "Remove all" });
    await dialog.getByLabel(/^Type the number/).fill("1");
    expect(await submit.isDisabled()).toBe(true);
    const label = await dialog.getByText(/^Type the number/).textContent();
    await dialog.getByLabel(/^Type the number/).fill(/\d+/.exec(label ?? "")?.[0] ?? "");
    await look("clear a list");
    await submit.click();
    await dialog.getByText(/It can be taken back there/).waitFor();
    await dialog.getByRole("link", { name: "See the result of each" }).click();
    await page.getByRole("button", { name: "Undo" }).click();
    await look("job that can be undone");
    await dialog.getByRole("button", { name: "Undo" }).click();
    await dialog.getByText(/restored/).waitFor();
  });
  expect((await heed.ok("GET", `/lists/${list?.id}`)).member_count).toBe(list?.member_count);
});

test("many contacts are edited and stopped as a job, and two are merged and taken apart", async () => {
  const [winner, loser] = people.slice(8);
  await story(async (page, look) => {
    await page.goto(`${heed.url}/contacts`);
    await page.getByRole("checkbox", { name: "Select all that are shown" }).check();
    await page.getByRole("button", { name: /^Select all .* that match/ }).click();
    await look("bulk bar");
    await page.getByRole("button", { name: "Edit", exact: true }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("button", { name: "Add an attribute" }).click();
    await dialog.getByLabel("Attribute", { exact: true }).fill("season");
    await dialog.getByLabel(/^Value of/).fill("spring");
    await look("bulk edit");
    await dialog.getByRole("button", { name: "Change", exact: true }).click();
    await dialog.getByText(/changed/).waitFor();
    await look("bulk edit done");
    await dialog.getByRole("button", { name: "Close" }).last().click();

    await page
      .getByRole("checkbox", { name: /^Select (?!all)/ })
      .first()
      .check();
    await page.getByRole("button", { name: "Stop", exact: true }).click();
    await page.getByRole("menuitem", { name: /^Do not contact/ }).click();
    await dialog.getByRole("textbox").fill("asked at the fair");
    await dialog.getByRole("button", { name: "Stop", exact: true }).click();
    await dialog.getByText(/1 stopped/).waitFor();
    await dialog.getByRole("button", { name: "Close" }).last().click();

    await page.goto(`${heed.url}/contacts/${winner?.id}`);
    await page.getByRole("button", { name: "More for this contact" }).click();
    await page.getByRole("menuitem", { name: "Merge with…" }).click();
    await dialog.getByRole("combobox", { name: "The other contact" }).fill(loser?.email as string);
    await page.getByRole("option", { name: new RegExp(loser?.email as string) }).click();
    await dialog.getByText("After the merge").waitFor();
    await look("merge dialog");
    await dialog.getByRole("button", { name: "Merge", exact: true }).click();
    await dialog.waitFor({ state: "detached" });
    await page.getByRole("button", { name: "More for this contact" }).click();
    await page.getByRole("menuitem", { name: /^Take the last merge apart/ }).click();
    await dialog.getByRole("button", { name: "Take apart" }).click();
    await dialog.waitFor({ state: "detached" });
  });
  expect((await heed.call("GET", `/contacts/${loser?.id}`)).status).toBe(200);
});

test("a large deletion waits for a second person, who is not the one who asked", async () => {
  await heed.ok("PATCH", "/workspace", { policy: { approval_threshold: 1 } });
  await story(async (page, look) => {
    await page.goto(`${heed.url}/contacts`);
    const boxes = page.getByRole("checkbox", { name: /^Select (?!all)/ });
    await boxes.nth(0).check();
    await boxes.nth(1).check();
    await page.getByRole("button", { name: "Delete", exact: true }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText(/more than one person may delete alone/).waitFor();
    await dialog.getByLabel(/^Type DELETE/).fill("DELETE");
    await dialog.getByRole("button", { name: "Delete", exact: true }).click();
    await dialog.getByRole("link", { name: "Open the bin" }).click();
    await page.getByText(/You asked for this yourself/).waitFor();
    await look("approval");
  });
});
