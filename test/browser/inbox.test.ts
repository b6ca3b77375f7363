import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startHeed, type TestHeed } from "../support/heed.ts";
import { axe, openBrowser, picture, type Scheme, settled, visit } from "./support/browser.ts";

/** What comes in, as a person reads and corrects it in the browser; and where it is set up. */

let heed: TestHeed;
let browser: Browser;

beforeAll(async () => {
  heed = await startHeed();
  browser = await openBrowser();
}, 240_000);
afterAll(async () => {
  await browser?.close();
  await heed?.stop();
});

type Look = (name: string) => Promise<void>;

/** A signed-in window for one story; axe looks at what it shows, in light and in dark. */
async function story(act: (page: Page, look: Look) => Promise<void>): Promise<void> {
  const { page, complaints, close } = await visit(browser, heed);
  page.setDefaultTimeout(15_000);
  await act(page, async (name) => {
    for (const scheme of ["dark", "light"] as Scheme[]) {
      await page.emulateMedia({ colorScheme: scheme });
      await settled(page);
      await picture(page, `${name} ${scheme}`);
      expect(await axe(page), `${name} ${scheme}`).toEqual([]);
    }
  });
  // A refused request is part of some stories, and the browser reports it.
  expect(complaints.filter((each) => !/status of 4\d\d/.test(each))).toEqual([]);
  await close();
}

async function contact(first: string, last: string, email: string): Promise<string> {
  const made = await heed.ok("POST", "/contacts", {
    first_name: first,
    last_name: last,
    addresses: [{ channel: "email", value: email }],
  });
  return made.id;
}

/** A mail arrives, as the lines of its header and its text. */
async function arrive(headers: readonly string[], text: string): Promise<{ id: string }> {
  const raw = [...headers, "Date: Sun, 22 Nov 2026 10:00:00 +0000", "", text, ""].join("\r\n");
  const { status, body } = await heed.call("POST", "/inbound/messages", raw, {
    headers: { "content-type": "message/rfc822" },
  });
  expect(status, JSON.stringify(body)).toBe(200);
  return body;
}

const reply = (from: string, name: string, subject: string, text: string) =>
  arrive(
    [
      `From: ${name} <${from}>`,
      "To: sales@heed.example",
      `Message-ID: <${subject.replaceAll(/\W/g, "")}@${from.split("@")[1]}>`,
      `Subject: ${subject}`,
    ],
    text,
  );

const refusals = async (contactId: string): Promise<string[]> =>
  (
    await heed.ok("GET", `/contacts/${contactId}/sending-status?channel=email`)
  ).channels[0].refusals.map((each: { code: string }) => each.code);

const drawer = (page: Page) => page.getByRole("dialog", { name: "Message" });

test("a doubtful answer waits for a person, who opens it and says what it means by keys alone", async () => {
  const doris = await contact("Doris", "Doubt", "doris@inbox.example");
  const { id } = await reply(
    "doris@inbox.example",
    "Doris Doubt",
    "Re: Your offer",
    "Hello,\n\nhow did you get my address? I never signed up for this.\n\nDoris",
  );
  expect(await refusals(doris)).toEqual([]);
  await story(async (page, look) => {
    await page.goto(`${heed.url}/inbox`);
    await page.getByRole("main").getByText("Re: Your offer").waitFor();
    await look("inbox for you");
    await page.keyboard.press("j");
    await page.keyboard.press("Enter");
    await drawer(page).getByText("needs you").waitFor();
    await drawer(page).getByRole("blockquote").waitFor();
    await look("inbox doubtful answer");

    // What is typed into a field is no command, and neither are the page's own keys.
    const phrase = drawer(page).getByLabel("Remember a phrase of it");
    await phrase.fill("");
    await phrase.pressSequentially("sun");
    await drawer(page).getByRole("heading", { name: "Re: Your offer" }).click();
    for (const key of ["j", "k", "x", "o", "/", "?", "g", "i"]) await page.keyboard.press(key);
    await settled(page);
    expect(new URL(page.url()).pathname).toBe("/inbox");
    expect(await heed.ok("GET", `/inbox/${id}`)).toMatchObject({
      state: "waiting",
      corrected: null,
    });

    await phrase.fill("how did you get my address");
    await drawer(page).getByRole("heading", { name: "Re: Your offer" }).click();
    await page.waitForTimeout(1600); // A letter that follows `g` is a place to go to.
    await page.keyboard.press("s");
    await drawer(page).getByText("The contact was deactivated").waitFor();
    await drawer(page).getByText("needs you").waitFor({ state: "detached" });
    await look("inbox corrected");
    expect(await refusals(doris)).toEqual(["deactivated"]);

    // On second thought: the stop that this reading made is lifted.
    await page.keyboard.press("e");
    await drawer(page)
      .getByRole("button", { name: /^Something else/, pressed: true })
      .waitFor();
    await page.keyboard.press("Escape");
    await page.getByText("Nothing waits for you").waitFor();
    await look("inbox empty");
  });
  expect(await refusals(doris)).toEqual([]);
  const [stop] = (await heed.ok("GET", `/contacts/${doris}/stops`)).items;
  expect(stop).toMatchObject({ kind: "deactivation", standing: false });
});

test("a phrase that a correction taught is read for what it is the next time", async () => {
  const next = await contact("Nina", "Next", "nina@inbox.example");
  const taken = await reply(
    "nina@inbox.example",
    "Nina Next",
    "Re: Your second offer",
    "How did you get my address?",
  );
  expect(taken).toMatchObject({ state: "done", meaning: "stop", certain: true });
  expect(await refusals(next)).toEqual(["deactivated"]);
});

test("a stop that Heed read out of an answer by mistake is lifted by one key, and leads to the conversation", async () => {
  const max = await contact("Max", "Misread", "max@inbox.example");
  await heed.ok("POST", `/contacts/${max}/conversations`, {
    subject: "The trailer",
    text: "Hello Max, which one do you want?",
  });
  await reply(
    "max@inbox.example",
    "Max Misread",
    "Re: The trailer",
    "Please stop emailing me.\n\nMax",
  );
  expect(await refusals(max)).toEqual(["deactivated"]);
  await story(async (page, look) => {
    await page.goto(`${heed.url}/inbox`);
    await page.getByText("Everything", { exact: true }).click();
    await page.getByRole("button", { name: "Re: The trailer" }).click();
    await drawer(page).getByText("The contact was deactivated").waitFor();
    await look("inbox misread answer");
    await page.keyboard.press("i");
    await drawer(page)
      .getByRole("button", { name: /^Wants information/, pressed: true })
      .waitFor();
    await drawer(page).getByText("Corrected by a person").waitFor();
    await drawer(page).getByRole("link", { name: "Conversations" }).click();
    await page.waitForURL(/tab=conversations/);
    await page.getByRole("tabpanel").getByText("The trailer").waitFor();
  });
  expect(await refusals(max)).toEqual([]);
});

test("a bounce stands under Everything with the server's reason, and is no answer to correct", async () => {
  await contact("Greta", "Gone", "greta@gone.example");
  await arrive(
    [
      "From: Mail Delivery System <MAILER-DAEMON@mx.gone.example>",
      "To: bounces@heed.example",
      "Message-ID: <1.bounce@mx.gone.example>",
      "Subject: Undelivered Mail Returned to Sender",
      "Auto-Submitted: auto-replied",
      "MIME-Version: 1.0",
      'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
    ],
    [
      ...["--b", "Content-Type: text/plain", "", "<greta@gone.example>: no such user"],
      ...["--b", "Content-Type: message/delivery-status", ""],
      ...["Reporting-MTA: dns; mx.gone.example", "", "Final-Recipient: rfc822; greta@gone.example"],
      ...["Action: failed", "Status: 5.1.1", "Diagnostic-Code: smtp; 550 5.1.1 no such user", ""],
      ...["--b--", ""],
    ].join("\r\n"),
  );
  await story(async (page, look) => {
    await page.goto(`${heed.url}/inbox?view=all`);
    await page.getByRole("main").getByText("Bounce", { exact: true }).waitFor();
    await look("inbox everything");
    await page.getByRole("button", { name: "Undelivered Mail Returned to Sender" }).click();
    await drawer(page).getByText("the mailbox does not exist").waitFor();
    await look("inbox bounce");
    expect(await drawer(page).getByText("It means").count()).toBe(0);
  });
  const { page, close } = await visit(browser, heed, { width: 390 });
  await page.goto(`${heed.url}/inbox?view=all`);
  await page.getByRole("main").getByText("Undelivered Mail").waitFor();
  await picture(page, "inbox 390px");
  expect(await axe(page)).toEqual([]);
  const overflow = await page.evaluate<number>(
    "document.documentElement.scrollWidth - document.documentElement.clientWidth",
  );
  expect(overflow).toBeLessThanOrEqual(0);
  await close();
});

test("an administrator adds a Mailgun account and a Twilio number, and sees which webhook to enter there", async () => {
  await story(async (page, look) => {
    await page.goto(`${heed.url}/settings/sending-accounts`);
    await page.getByRole("button", { name: "Add a sending account" }).first().click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("combobox", { name: "Provider" }).click();
    await page.getByRole("option", { name: "Mailgun" }).click();
    await dialog.getByLabel("Name", { exact: false }).first().fill("Mailgun EU");
    await dialog.getByLabel("Sender's address").fill("ada@mg.example");
    await dialog.getByLabel("Sending domain").fill("mg.example");
    await dialog.getByRole("textbox", { name: "Sending API key" }).fill("key-secret");
    await dialog.getByLabel("Address of the API").fill("https://api.eu.mailgun.net");
    await look("settings mailgun dialog");
    await dialog.getByRole("button", { name: "Save" }).click();
    await dialog.waitFor({ state: "detached" });
    await page.getByText(/\/hooks\/mailgun\//).waitFor();
    await page.getByText(/enter: HTTP webhook signing key/).waitFor();

    await page.getByRole("button", { name: "Add a sending account" }).first().click();
    await dialog.getByRole("combobox", { name: "Provider" }).click();
    await page.getByRole("option", { name: "Twilio" }).click();
    await dialog.getByLabel("Name", { exact: false }).first().fill("Texts");
    await dialog.getByLabel("Sender", { exact: false }).first().fill("+32470123456");
    await dialog.getByLabel("Account SID").fill(`AC${"0".repeat(32)}`);
    await dialog.getByRole("textbox", { name: "Auth token" }).fill("token-secret");
    await look("settings twilio dialog");
    await dialog.getByRole("button", { name: "Save" }).click();
    await dialog.waitFor({ state: "detached" });
    await page.getByText(/\/hooks\/twilio\//).waitFor();
    await look("settings sending accounts");
    expect(await page.content()).not.toMatch(/key-secret|token-secret/);
  });
  const accounts = (await heed.ok("GET", "/sending-accounts")).items;
  expect(accounts).toContainEqual(
    expect.objectContaining({
      provider: "mailgun",
      settings: { domain: "mg.example" },
      base_url: "https://api.eu.mailgun.net",
      has_password: true,
    }),
  );
  expect(accounts).toContainEqual(
    expect.objectContaining({ provider: "twilio", channel: "sms", from_address: "+32470123456" }),
  );
});

test("an administrator adds a mailbox, and a check says why it cannot be read", async () => {
  await story(async (page, look) => {
    await page.goto(`${heed.url}/settings/incoming-mail`);
    await page.getByText("HEED_SMTP_PORT").waitFor();
    await page.getByRole("button", { name: "Add a mailbox" }).first().click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Name", { exact: false }).first().fill("Replies");
    await dialog.getByLabel("IMAP server").fill("127.0.0.1");
    await dialog.getByLabel("Port").fill("1");
    await dialog.getByLabel("User name").fill("replies@heed.example");
    await dialog.getByRole("textbox", { name: "Password" }).fill("mailbox-secret");
    await look("settings mailbox dialog");
    await dialog.getByRole("button", { name: "Add", exact: true }).click();
    await dialog.waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Check now" }).click();
    await page.getByText("It does not work yet").waitFor();
    await look("settings incoming mail");
    await page.getByRole("button", { name: "Remove" }).click();
    await dialog.getByRole("button", { name: "Remove" }).click();
    await page.getByText("No mailbox is read yet").waitFor();
  });
  expect((await heed.ok("GET", "/mailboxes")).items).toEqual([]);
});

test("a marketer mixes mail and texts in one campaign, and each step offers only what fits it", async () => {
  await heed.ok("POST", "/templates", {
    name: "Letter",
    subject: "Hello",
    format: "text",
    body: "Hello {{ unsubscribe_url }}",
  });
  const { id } = await heed.ok("POST", "/campaigns", { name: "Two channels" });
  await story(async (page, look) => {
    await page.goto(`${heed.url}/templates/new`);
    await page.getByLabel("Name").fill("Short word");
    await page.getByText("SMS, WhatsApp", { exact: true }).click();
    await page.getByText("Carriers charge for 1 segment").waitFor();
    expect(await page.getByLabel("Subject", { exact: true }).count()).toBe(0);
    await look("template sms");
    await page.getByRole("button", { name: "Save" }).click();
    await page.waitForURL(/templates\/[0-9a-f-]{36}/);

    await page.goto(`${heed.url}/campaigns/${id}`);
    const first = page.getByRole("group", { name: "Step 1" });
    await first.getByRole("combobox", { name: "Template" }).click();
    expect(await page.getByRole("option", { name: "Short word" }).count()).toBe(0);
    await page.getByRole("option", { name: "Letter" }).click();
    await page.getByRole("button", { name: "Add: a step" }).click();
    const second = page.getByRole("group", { name: "Step 2" });
    await second.getByRole("combobox", { name: "Channel" }).click();
    await page.getByRole("option", { name: "SMS" }).click();
    await second.getByText("By Texts").waitFor();
    await second.getByRole("combobox", { name: "Template" }).click();
    expect(await page.getByRole("option", { name: "Letter" }).count()).toBe(0);
    await page.getByRole("option", { name: "Short word" }).click();
    await page.getByText("Saved", { exact: true }).waitFor();
    await settled(page);
    await look("campaign two channels");
  });
  const { steps } = await heed.ok("GET", `/campaigns/${id}`);
  expect(steps.map((step: { channel: string }) => step.channel)).toEqual(["email", "sms"]);
});
