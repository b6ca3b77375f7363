import { ImapFlow } from "imapflow";
import type { Database } from "../../../kernel/database/index.ts";
import { HeedError, messageOf } from "../../../kernel/errors.ts";
import { largestMessage, storeMessage } from "../store-message.ts";
import type { Mailbox } from "./queries.ts";
import { advanceMailbox, noteProblem } from "./queries.ts";

/** How many messages one poll takes at most; the next goes on after them. */
const mostAPoll = 500;

/**
 * Takes what is new in a mailbox: each message is stored in the transaction that
 * moves the mailbox's place, so a crash takes none twice and misses none. The
 * mailbox itself is left as it is, unread included. Returns how many were new.
 */
export async function pollMailbox(db: Database, mailbox: Mailbox): Promise<number> {
  try {
    return await withMailbox(db, mailbox, async (client) => {
      const { uidValidity } = client.mailbox as { uidValidity: bigint };
      // Another validity means other UIDs: begin again; what was taken is known by its digest.
      const validity = Number(uidValidity);
      const after = mailbox.uid_validity === validity ? mailbox.last_uid : 0;
      const uids = ((await client.search({ uid: `${after + 1}:*` }, { uid: true })) || [])
        // "n:*" names the last message also when its UID is below n (RFC 3501, 6.4.8).
        .filter((uid) => uid > after)
        .sort((a, b) => a - b)
        .slice(0, mostAPoll);
      let taken = 0;
      for (const uid of uids) {
        const { source, size } = (await client.fetchOne(
          `${uid}`,
          { source: { maxLength: largestMessage + 1 }, size: true },
          { uid: true },
        )) as { source?: Buffer; size?: number };
        await db.inWorkspace(mailbox.workspace_id, async (tx) => {
          if (source && (size ?? source.length) <= largestMessage) {
            const { repeated } = await storeMessage(tx, { source: "imap", raw: source });
            if (!repeated) taken++;
          }
          await advanceMailbox(tx, mailbox.id, { uidValidity: validity, lastUid: uid });
        });
      }
      await db.inWorkspace(mailbox.workspace_id, (tx) => noteProblem(tx, mailbox.id, null));
      return taken;
    });
  } catch (error) {
    const problem = problemOf(error);
    await db.inWorkspace(mailbox.workspace_id, (tx) => noteProblem(tx, mailbox.id, problem));
    throw new HeedError("mailbox_unreachable", problem);
  }
}

/** Signs in and opens the folder, to see whether the settings are right. @throws HeedError mailbox_unreachable */
export async function checkMailbox(db: Database, mailbox: Mailbox): Promise<void> {
  await withMailbox(db, mailbox, async () => {}).catch((error) => {
    throw new HeedError("mailbox_unreachable", problemOf(error));
  });
}

async function withMailbox<T>(
  db: Database,
  mailbox: Mailbox,
  act: (client: ImapFlow) => Promise<T>,
): Promise<T> {
  const client = new ImapFlow({
    host: mailbox.host,
    port: mailbox.port,
    secure: mailbox.security === "tls",
    doSTARTTLS: mailbox.security === "starttls",
    auth: { user: mailbox.username, pass: db.secrets.open(mailbox.password_sealed) },
    logger: false,
    greetingTimeout: 10_000,
    connectionTimeout: 10_000,
    socketTimeout: 60_000,
  });
  // What fails is thrown by the command that was waiting; the event would end the process.
  client.on("error", () => {});
  await client.connect();
  try {
    const lock = await client.getMailboxLock(mailbox.folder, { readOnly: true });
    try {
      return await act(client);
    } finally {
      lock.release();
    }
  } finally {
    await client.logout().catch(() => client.close());
  }
}

/** What the server said, in words that say what to do; never the password. */
function problemOf(error: unknown): string {
  const { responseText, authenticationFailed } = error as {
    responseText?: string;
    authenticationFailed?: boolean;
  };
  if (authenticationFailed) {
    return `The mailbox refused the user name and password${responseText ? ` ("${responseText}")` : ""}. Correct them.`;
  }
  return `The mailbox cannot be read (${responseText ?? messageOf(error)}). Check host, port, security and folder.`.slice(
    0,
    500,
  );
}
