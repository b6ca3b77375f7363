import { headerAddresses, headerValue } from "../mail/headers.ts";
import type { IncomingMail } from "../mail/read-incoming.ts";
import { allAddresses, isDaemon, tidyAddress } from "./addresses.ts";
import { autoReplyReason, isChallenge } from "./auto-replies.ts";
import { classifyFailure } from "./classify.ts";
import { type DeliveryStatus, readDeliveryStatus } from "./formats/delivery-status.ts";
import { readFeedback } from "./formats/feedback-report.ts";
import { namedNotice } from "./formats/servers.ts";
import { readSesNotification } from "./formats/ses-notification.ts";
import { noticeMark, saysDelayed, saysDelivered } from "./is-notice.ts";
import { readNotice } from "./read-notice.ts";
import { type Report, reportsOf } from "./report.ts";
import { answeredPhase } from "./smtp-phase.ts";
import type { Failure, MailKind, ReportedRecipient, Understanding } from "./understanding.ts";

/** Finds who a message of ours was to in an address that it came back to (a VERP token). */
export type RecipientOfReturnPath = (address: string) => string | null;

/**
 * What an incoming message is: a bounce before anything else, because reports
 * carry Auto-Submitted too, then complaints, notices and answers. Never throws.
 * `recipientOf` reads our own return paths; what they say wins over the report.
 */
export function understandMail(
  mail: IncomingMail,
  recipientOf: RecipientOfReturnPath = () => null,
): Understanding {
  for (const report of reportsOf(mail)) {
    const understood =
      feedback(report) ??
      notification(report) ??
      deliveryReport(report) ??
      disposition(report) ??
      notice(report);
    if (understood) return withReturnPath(understood, mail, recipientOf);
  }
  return answer(mail);
}

function about(report: Report): Pick<Understanding, "originalMessageId" | "originalTo"> {
  return { originalMessageId: report.returnedId, originalTo: report.returnedTo };
}

function feedback(report: Report): Understanding | null {
  const read = readFeedback(report);
  if (!read) return null;
  const recipients = read.recipients.length > 0 ? read.recipients : [null];
  return {
    kind: read.kind,
    recipients: recipients.map((address) => ({
      address,
      final: null,
      class: "unknown",
      status: null,
      reason: "feedback",
      said: "",
    })),
    ...about(report),
    understood_as: "feedback report (RFC 5965)",
    because: `a feedback report of ${read.source || "a provider"}`,
  };
}

function notification(report: Report): Understanding | null {
  const read = readSesNotification(report);
  if (!read) return null;
  return {
    kind: read.kind,
    recipients: read.failures.map((failure) => recipient(failure, "")),
    originalMessageId: read.messageId,
    originalTo: read.to,
    understood_as: "Amazon SES notification",
    because: "the notification that Amazon SES mails as JSON",
  };
}

function deliveryReport(report: Report): Understanding | null {
  const status = readDeliveryStatus(report);
  if (!status) return null;
  const failed = status.failures.filter((failure) => failure.action === "failed");
  const delayed = status.failures.filter((failure) => failure.action === "delayed");
  const kind: MailKind =
    failed.length > 0 ? "bounce" : delayed.length > 0 ? "delayed" : "delivered";
  const relevant = failed.length + delayed.length > 0 ? [...failed, ...delayed] : status.failures;
  const named = namedNotice(report);
  return {
    kind,
    recipients: unique(completed(relevant, status, report)).map((failure) =>
      recipient(failure, report.notice),
    ),
    ...about(report),
    understood_as: `delivery report (RFC 3464)${named ? `, ${named.name}` : ""}`,
    because: `${status.reporter || "a mail server"} reports ${kind === "bounce" ? "that it failed" : kind}`,
  };
}

/** Fills what the fields leave out from the words for people, which often say more. */
function completed(
  failures: readonly Failure[],
  status: DeliveryStatus,
  report: Report,
): Failure[] {
  const told = readNotice(report.notice, ownAddresses(report));
  return failures.map((failure) => {
    const same = told.find(
      (each) => each.address?.toLowerCase() === failure.address?.toLowerCase(),
    );
    const only = status.failures.length === 1 && told.length === 1 ? told[0] : undefined;
    const match = same ?? (failure.address ? undefined : only);
    const diagnostic = failure.diagnostic || match?.diagnostic || "";
    const answered = answeredPhase(diagnostic, "") ?? answeredPhase(match?.diagnostic ?? "", "");
    const address = failure.address ?? match?.address ?? onlyRecipient(report);
    return {
      ...failure,
      address,
      diagnostic,
      answered: answered ?? answeredPhase(diagnostic, report.notice),
    };
  });
}

function disposition(report: Report): Understanding | null {
  const part = report.parts.find((each) => each.type === "message/disposition-notification");
  if (!part) return null;
  return {
    kind: "auto_reply",
    recipients: [],
    ...about(report),
    understood_as: "disposition notification (RFC 8098)",
    because: "it tells what became of a delivered message",
  };
}

function notice(report: Report): Understanding | null {
  const mark = noticeMark(report);
  if (!mark) return null;
  const named = namedNotice(report);
  const ours = ownAddresses(report);
  let failures = named ? readNotice(named.text, ours) : [];
  if (failures.length === 0) failures = readNotice(report.notice, ours);
  if (failures.length === 0) failures = fallback(report, ours);
  const kind: MailKind = saysDelivered(report)
    ? "delivered"
    : saysDelayed(report)
      ? "delayed"
      : "bounce";
  return {
    kind,
    recipients: unique(failures).map((failure) => recipient(failure, named?.text ?? report.notice)),
    ...about(report),
    understood_as: named ? `notice of ${named.name}` : "notice of a mail server",
    because: mark,
  };
}

/** X-Failed-Recipients, else the only address in the notice, else whom our message was to. */
function fallback(report: Report, ours: ReadonlySet<string>): Failure[] {
  const header = headerAddresses(report.headers, "x-failed-recipients");
  const named = allAddresses(report.notice.slice(0, 8_000)).filter(
    (address) => !ours.has(address.toLowerCase()) && !isDaemon(address),
  );
  const distinct = [...new Set(named.map((address) => address.toLowerCase()))];
  const addresses =
    header.length > 0
      ? header
      : distinct.length === 1
        ? named.slice(0, 1)
        : [onlyRecipient(report)];
  return addresses.map((address) => ({ address, action: "failed", status: null, diagnostic: "" }));
}

function onlyRecipient(report: Report): string | null {
  const failed = headerAddresses(report.headers, "x-failed-recipients");
  const to = failed.length > 0 ? failed : report.returnedTo;
  return to.length > 0 ? tidyAddress(to[0] ?? "") : null;
}

function ownAddresses(report: Report): ReadonlySet<string> {
  const own = [
    ...headerAddresses(report.headers, "from"),
    ...headerAddresses(report.headers, "to"),
    ...headerAddresses(report.returned, "from"),
  ];
  const to = new Set(report.returnedTo.map((each) => each.toLowerCase()));
  return new Set(own.map((each) => each.toLowerCase()).filter((each) => !to.has(each)));
}

function recipient(failure: Failure, noticed: string): ReportedRecipient {
  const { status, diagnostic } = failure;
  const answered = failure.answered ?? answeredPhase(diagnostic, noticed);
  const verdict = classifyFailure({ status, diagnostic, notice: noticed, answered });
  const said = (diagnostic || noticed).replace(/\s+/g, " ").trim().slice(0, 500);
  const harmless = failure.action !== "failed";

  return {
    address: failure.address,
    final: failure.final ?? null,
    class: harmless ? "unknown" : verdict.class,
    status: verdict.status,
    reason: harmless && failure.action !== "delayed" ? "delivered" : verdict.cause,
    said,
  };
}

function unique(failures: readonly Failure[]): Failure[] {
  const byAddress = new Map<string, Failure>();
  for (const failure of failures) {
    const key = failure.address?.toLowerCase() ?? "";
    const before = byAddress.get(key);
    if (!before || (before.diagnostic === "" && failure.diagnostic !== ""))
      byAddress.set(key, failure);
  }
  return [...byAddress.values()];
}

function withReturnPath(
  understood: Understanding,
  mail: IncomingMail,
  recipientOf: RecipientOfReturnPath,
): Understanding {
  const paths = ["delivered-to", "x-original-to", "to"].flatMap((name) =>
    headerAddresses(mail.headers, name),
  );
  const known = paths.map(recipientOf).find((address) => address !== null);
  if (!known) return understood;
  const same = understood.recipients.filter(
    (each) => each.address?.toLowerCase() === known.toLowerCase(),
  );
  const chosen = same[0] ?? understood.recipients[0];
  if (!chosen) return understood;
  return { ...understood, recipients: [{ ...chosen, address: known }] };
}

function answer(mail: IncomingMail): Understanding {
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
  const automatic = autoReplyReason(report);
  if (automatic)
    return { kind: "auto_reply", ...nobody, understood_as: "automatic reply", because: automatic };
  if (!mail.from || isDaemon(mail.from) || headerValue(mail.headers, "list-id") !== "")
    return {
      kind: "unknown",
      ...nobody,
      understood_as: "nothing",
      because: "no person seems to have written it",
    };
  return { kind: "reply", ...nobody, understood_as: "reply", because: "a person wrote it" };
}
