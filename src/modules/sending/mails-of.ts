import type { Database } from "../../kernel/database/index.ts";
import { makeUnsubscribeToken } from "../consent/index.ts";
import type { SendingAccount } from "./account.ts";
import type { ClaimedMessage } from "./message.ts";
import { compileMail } from "./mime/compile.ts";
import { signDkim } from "./mime/dkim.ts";
import { parseDkimKey } from "./mime/dkim-key.ts";
import type { Write } from "./prepare.ts";
import { makeReturnAddress } from "./return-path.ts";

/** Where a message's bounces or answers come back to Heed itself; null when the account has no such domain. */
export function returnAddressOf(
  db: Database,
  account: SendingAccount,
  message: ClaimedMessage,
  kind: "bounce" | "reply",
): string | null {
  const domain = account.settings.return_domain;
  if (!domain || account.channel !== "email") return null;
  const local = makeReturnAddress(db.secrets, account.workspace_id, {
    kind,
    messageId: message.id,
  });
  return `${local}@${domain}`;
}

/**
 * Makes an account's mails: the letter with its unsubscribe link and headers (RFC
 * 2369, RFC 8058), compiled and signed. Throws for a message that cannot be written.
 */
export function mailsOf({
  db,
  account,
  publicUrl,
}: {
  db: Database;
  account: SendingAccount;
  publicUrl: string;
}): (message: ClaimedMessage, write: Write) => Promise<Buffer> {
  // Texts have no headers.
  const compile =
    account.channel === "email"
      ? compileMail({
          from: { name: account.from_name, address: account.from_address },
          ...(account.reply_to ? { replyTo: account.reply_to } : {}),
        })
      : null;
  const dkim = account.dkim ? parseDkimKey(account.dkim) : null;
  const domain = account.from_address.slice(account.from_address.lastIndexOf("@") + 1);
  return async (message, write) => {
    const token = makeUnsubscribeToken(db.secrets, {
      workspaceId: account.workspace_id,
      key: message.key,
      channel: message.channel,
      messageId: message.id,
    });
    const url = `${publicUrl}/u/${token}`;
    const letter = write(message, { unsubscribeUrl: url });
    if (!compile) return Buffer.from(letter.text);
    const mail = compile({
      messageId: `${message.id}@${domain}`,
      date: new Date(),
      to: message.address,
      ...(letter.toName ? { toName: letter.toName } : {}),
      subject: letter.subject,
      text: letter.text,
      ...(letter.html ? { html: letter.html } : {}),
      ...(letter.headers ? { extraHeaders: letter.headers } : {}),
      listUnsubscribe: {
        url,
        mailto: `mailto:${returnAddressOf(db, account, message, "reply") ?? account.reply_to ?? account.from_address}?subject=unsubscribe%20${token}`,
      },
    });
    return dkim ? signDkim(mail, dkim) : mail;
  };
}
