import { headerValue } from "../mail/headers.ts";
import type { IncomingMail } from "../mail/read-incoming.ts";
import { isDaemon } from "./addresses.ts";
import { autoReplyReason, isChallenge } from "./auto-replies.ts";
import { reportsOf } from "./report.ts";
import type { Understanding } from "./understanding.ts";

/** What a message is that no mail server wrote: a challenge, an automatic or a person's reply. */
export function understandAnswer(mail: IncomingMail): Understanding {
  const report = reportsOf({ ...mail, parts: mail.parts.filter((part) => !part.message) })[0];
  const nobody = { recipients: [], originalMessageId: mail.answers[0] ?? null, originalTo: [] };
  if (!report)
    return { kind: "unknown", ...nobody, understood_as: "nothing", because: "it is empty" };
  if (isChallenge(report))
    return {
      kind: "challenge",
      ...nobody,
      understood_as: "challenge",
      because: "it asks to confirm the sender",
    };
  // Auto-Submitted too, but a person pressed the button: their subject asks to stop.
  if (/^true$/i.test(headerValue(mail.headers, "x-apple-unsubscribe")))
    return {
      kind: "reply",
      ...nobody,
      understood_as: "unsubscribe of Apple Mail",
      because: "X-Apple-Unsubscribe",
    };
  const fromList = mail.answers.length === 0 && headerValue(mail.headers, "list-id") !== "";
  const automatic = autoReplyReason(report);
  if (automatic)
    return { kind: "auto_reply", ...nobody, understood_as: "automatic reply", because: automatic };
  if (!mail.from || isDaemon(mail.from) || fromList)
    return {
      kind: "unknown",
      ...nobody,
      understood_as: "nothing",
      because: "no person seems to have written it",
    };
  return { kind: "reply", ...nobody, understood_as: "reply", because: "a person wrote it" };
}
