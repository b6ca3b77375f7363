import { afterAll, beforeAll, expect, test } from "vitest";
import { type FakeMailbox, startImap } from "../../../../test/servers/imap.ts";
import { freshDatabase, type TestDatabase } from "../../../../test/support/database.ts";
import { newId } from "../../../kernel/ids.ts";
import { createWorkspace } from "../../access/index.ts";
import { listInbox } from "../inbox/queries.ts";
import { checkMailbox, pollMailbox } from "./poll-mailbox.ts";
import { findMailbox, insertMailbox, type Mailbox } from "./queries.ts";

const credentials = { user: "replies@example.org", password: "a password" };
const everybody = { userId: newId(), ownOnly: false };
let database: TestDatabase;
let imap: FakeMailbox;
let workspaceId: string;

beforeAll(async () => {
  database = await freshDatabase();
  ({ workspaceId } = await createWorkspace(database.db, { name: "Engines", timeZone: "UTC" }));
  imap = await startImap(credentials);
});
afterAll(async () => {
  await imap.close();
  await database.close();
});

function mail(subject: string): Buffer {
  return Buffer.from(
    `Message-ID: <${subject.replaceAll(" ", ".")}@example.net>\r\nFrom: ada@example.net\r\n` +
      `To: replies@example.org\r\nSubject: ${subject}\r\n\r\nHello.\r\n`,
  );
}

async function add(settings: Partial<Mailbox> = {}): Promise<Mailbox> {
  const id = newId();
  return database.db.inWorkspace(workspaceId, async (tx) => {
    await insertMailbox(tx, {
      id,
      name: `mailbox ${id}`,
      host: "127.0.0.1",
      port: imap.port,
      security: "none",
      username: credentials.user,
      password_sealed: tx.secrets.seal(credentials.password),
      folder: "INBOX",
      ...settings,
    });
    return (await findMailbox(tx, id)) as Mailbox;
  });
}

const again = (mailbox: Mailbox) =>
  database.db.inWorkspace(
    workspaceId,
    async (tx) => (await findMailbox(tx, mailbox.id)) as Mailbox,
  );

const stored = () =>
  database.db.inWorkspace(workspaceId, (tx) => listInbox(tx, everybody, {}, { limit: 100 }));

test("each message of a mailbox is taken once, also when the server numbers them anew", async () => {
  imap.add(mail("first"));
  imap.add(mail("second"));
  const mailbox = await add();
  expect(await pollMailbox(database.db, mailbox)).toBe(2);
  expect(await pollMailbox(database.db, await again(mailbox))).toBe(0);
  imap.add(mail("third"));
  expect(await pollMailbox(database.db, await again(mailbox))).toBe(1);
  imap.renumber();
  expect(await pollMailbox(database.db, await again(mailbox))).toBe(0);
  expect(await stored()).toHaveLength(3);
});

test("a wrong password, folder or port says what to correct and shows no password", async () => {
  const wrong = await add({ password_sealed: database.db.secrets.seal("another password") });
  await expect(checkMailbox(database.db, wrong)).rejects.toThrow(
    /refused the user name and password.*Correct them/,
  );
  await expect(pollMailbox(database.db, wrong)).rejects.toThrow();
  const { problem } = await again(wrong);
  expect(problem).toMatch(/refused the user name/);
  expect(problem).not.toContain("another password");
  await expect(checkMailbox(database.db, await add({ folder: "Elsewhere" }))).rejects.toThrow(
    /Check host, port, security and folder/,
  );
  await expect(checkMailbox(database.db, await add({ port: 1 }))).rejects.toThrow(/cannot be read/);
});
