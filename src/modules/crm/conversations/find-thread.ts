import type { Tx } from "../../../kernel/database/index.ts";
import type { Channel } from "../../contacts/index.ts";
import { threadByMails, threadBySubject } from "./queries.ts";
import { plainMailId, threadSubject } from "./rules.ts";

/**
 * The contact's conversation that a message belongs to: the one with a mail that
 * it answers, else the latest with its subject. Texts and calls have no subject,
 * so each channel of theirs is one conversation.
 */
export async function findThread(
  tx: Tx,
  message: {
    contactId: string;
    channel: Channel;
    subject: string;
    answers?: readonly string[];
  },
): Promise<string | undefined> {
  const answers = (message.answers ?? []).map(plainMailId).filter((each) => each !== null);
  const answered =
    answers.length > 0 ? await threadByMails(tx, message.contactId, answers) : undefined;
  if (answered) return answered;
  return threadBySubject(tx, {
    contactId: message.contactId,
    channel: message.channel,
    threadSubject: threadSubject(message.subject),
  });
}
