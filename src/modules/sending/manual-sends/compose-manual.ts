import { HeedError } from "../../../kernel/errors.ts";
import { writtenLetters } from "../../crm/index.ts";
import type { Composer } from "../composer.ts";
import type { ClaimedMessage } from "../message.ts";

/** Whether a person wrote this message to one contact: it belongs to no campaign. */
function isManual(message: Pick<ClaimedMessage, "campaign_id" | "contact_id">): boolean {
  return message.campaign_id === null && message.contact_id !== null;
}

/** Messages written by hand get their content from the conversation; `others` writes the rest. */
export function withManualLetters(others: Composer): Composer {
  return {
    async prepare(tx, account, messages) {
      const manual = messages.filter(isManual);
      if (manual.length === 0) return others.prepare(tx, account, messages);
      const letters = await writtenLetters(
        tx,
        manual.map((message) => message.id),
      );
      // A message without a conversation is not ours to write.
      const rest = messages.filter((message) => !letters.has(message.id));
      const write = rest.length > 0 ? await others.prepare(tx, account, rest) : nothingElse;
      return (message, links) => letters.get(message.id) ?? write(message, links);
    },
  };
}

function nothingElse(): never {
  throw new HeedError(
    "content_missing",
    "The message has no content, so there is nothing to send.",
  );
}
