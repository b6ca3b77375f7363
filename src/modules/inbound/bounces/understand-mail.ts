import { headerAddresses } from "../mail/headers.ts";
import type { IncomingMail } from "../mail/read-incoming.ts";
import { understandAnswer } from "./answers.ts";
import { readDeliveryStatus } from "./formats/delivery-status.ts";
import { readFeedback } from "./formats/feedback-report.ts";
import { namedNotice } from "./formats/servers.ts";
import { readSesNotification } from "./formats/ses-notification.ts";
import { noticeMark, saysDelayed, saysDelivered } from "./is-notice.ts";
import { readNotice } from "./read-notice.ts";
import {
  completeFailures,
  ownAddresses,
  recipientsElsewhere,
  reportedRecipient,
  uniqueFailures,
} from "./recipients.ts";
import { type Report, reportsOf } from "./report.ts";
import type { MailKind, Understanding } from "./understanding.ts";

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
  const reports = reportsOf(mail);
  for (const [at, report] of reports.entries()) {
    const inner = reports[at + 1];
    const structured =
      feedback(report) ?? notification(report) ?? deliveryReport(report) ?? disposition(report);
    // What returns a report of another server only passes it on.
    const passedOn = inner && noticeMark(inner) ? deliveryReport(inner) : null;
    const understood = structured ?? passedOn ?? notice(report);
    if (understood) return withReturnPath(understood, mail, recipientOf);
  }
  return understandAnswer(mail);
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
    recipients: read.failures.map((failure) => reportedRecipient(failure, [])),
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
    recipients: uniqueFailures(completeFailures(relevant, status, report)).map((failure) =>
      reportedRecipient(failure, [report.notice]),
    ),
    ...about(report),
    understood_as: `delivery report (RFC 3464)${named ? `, ${named.name}` : ""}`,
    because: `${status.reporter || "a mail server"} reports ${kind === "bounce" ? "that it failed" : kind}`,
  };
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
  if (failures.length === 0) failures = recipientsElsewhere(report, ours);
  const kind: MailKind = saysDelivered(report)
    ? "delivered"
    : saysDelayed(report)
      ? "delayed"
      : "bounce";
  const action = kind === "bounce" ? "failed" : kind;
  const recipients = uniqueFailures(failures).map((failure) =>
    reportedRecipient(
      { ...failure, action },
      named ? [named.text, report.notice] : [report.notice],
    ),
  );
  const told = recipients.some((each) => each.address !== null && each.reason !== "unknown");
  if (mark.onlyWords && !told) return null;
  return {
    kind,
    recipients,
    ...about(report),
    understood_as: named ? `notice of ${named.name}` : "notice of a mail server",
    because: mark.because,
  };
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
