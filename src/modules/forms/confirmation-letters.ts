import type { Tx } from "../../kernel/database/index.ts";
import { findWorkspace } from "../access/index.ts";
import type { ClaimedMessage, Composer, Letter } from "../sending/index.ts";
import { makeConfirmToken } from "./confirm-token.ts";
import { submissionsOfMessages } from "./queries.ts";
import { formWords } from "./words.ts";

/** Messages that ask somebody to confirm get their letter here; `others` writes the rest. */
export function withFormLetters(others: Composer, publicUrl: string): Composer {
  return {
    async prepare(tx, account, messages) {
      const bare = messages.filter(isBare);
      if (bare.length === 0) return others.prepare(tx, account, messages);
      const letters = await confirmationLetters(tx, bare, publicUrl);
      const rest = messages.filter((message) => !letters.has(message.id));
      const write = await others.prepare(tx, account, rest);
      return (message, links) => letters.get(message.id) ?? write(message, links);
    },
  };
}

function isBare(message: Pick<ClaimedMessage, "campaign_id" | "contact_id">): boolean {
  return message.campaign_id === null && message.contact_id === null;
}

async function confirmationLetters(
  tx: Tx,
  messages: readonly ClaimedMessage[],
  publicUrl: string,
): Promise<Map<string, Letter>> {
  const from = (await findWorkspace(tx)).name;
  const submissions = await submissionsOfMessages(
    tx,
    messages.map((message) => message.id),
  );
  return new Map(
    submissions.map(({ id, kind, language, message_id }) => {
      const token = makeConfirmToken(tx.secrets, { workspaceId: tx.workspaceId, submissionId: id });
      const say = formWords[language];
      const letter = {
        subject: say.mailSubject(from)[kind],
        text: say.mailText(from, `${publicUrl}/f/confirm/${token}`)[kind],
      };
      return [message_id, letter];
    }),
  );
}
