import { headerAddresses, headerIds, headerValue, type MailHeader } from "../../mail/headers.ts";
import { firstAddress, tidyAddress } from "../addresses.ts";
import type { Report } from "../report.ts";
import { readStatusFields } from "../status-fields.ts";
import type { MailKind } from "../understanding.ts";

export interface Feedback {
  kind: MailKind;
  recipients: string[];
  source: string;
}

const kinds: Readonly<Record<string, MailKind>> = {
  "auth-failure": "auth_failure",
  "not-spam": "not_spam",
};

/** Headers in which providers put the recipient that they took out of the others. */
const recipientHeaders = [
  "x-hmxmroriginalrecipient",
  "to",
  "x-original-to",
  "x-rcpt-to",
  "x-apparently-to",
  "delivered-to",
];

/**
 * A complaint or report in the abuse reporting format (RFC 5965, RFC 6591), or in
 * the forms that providers had before it (Hotmail JMRP, a bare forward).
 */
export function readFeedback(report: Report): Feedback | null {
  const part = report.parts.find((each) => each.type === "message/feedback-report");
  const typed = /report-type="?feedback-report/.test(report.type);
  const jmrp =
    /^complaint about message from/i.test(report.subject) ||
    (/@(?:hotmail|outlook|live)\.com/i.test(report.from) &&
      /x-hmxmroriginalrecipient/i.test(names(report.returned)));
  const loose = report.parts.find((each) =>
    /^feedback-type\s*:/im.test(each.text.slice(0, 16 * 1024)),
  );
  const text = part?.text ?? loose?.text ?? "";
  if (!part && !typed && !jmrp && !loose) return null;
  const start = text.search(/^(?:feedback-type|user-agent|version)\s*:/im);
  const { message, recipients } = readStatusFields(
    text.slice(Math.max(0, start)).replace(/\n\s*\n/g, "\n"),
  );
  const fields = [...message, ...recipients.flat()];
  if (fields.length === 0 && !jmrp && !typed) return null;
  const type = headerValue(fields, "feedback-type").toLowerCase().split(/[\s;]/)[0] ?? "";
  return {
    kind: kinds[type] ?? "complaint",
    recipients: complainants(fields, report),
    source:
      headerValue(fields, "user-agent") || headerValue(fields, "reporting-mta") || report.from,
  };
}

function complainants(fields: readonly MailHeader[], report: Report): string[] {
  const told = fields
    .filter((field) =>
      /^(?:original-rcpt-to|removal-recipient|original-recipient|final-recipient|x-original-rcpt-to)$/.test(
        field.name,
      ),
    )
    .map((field) => firstAddress(field.value) ?? tidyAddress(field.value))
    .filter((address) => address !== null);
  if (told.length > 0) return [...new Set(told)];
  for (const name of recipientHeaders) {
    const addresses = headerAddresses(report.returned, name);
    if (addresses.length > 0) return [...new Set(addresses)];
  }
  return [];
}

function names(headers: readonly MailHeader[]): string {
  return headers.map((header) => header.name).join(" ");
}

/** The id of the message that a person complained of. */
export function complainedMessage(report: Report): string | null {
  return headerIds(report.returned, "message-id")[0] ?? null;
}
