import { headerAddresses } from "../../mail/headers.ts";
import type { Report } from "../report.ts";
import { failureOfGroup, readStatusFields } from "../status-fields.ts";
import type { Failure } from "../understanding.ts";

/** A delivery status notification (RFC 3464), in its part or, from broken servers, in the text. */
export interface DeliveryStatus {
  failures: Failure[];
  /** The MTA that reports, "" when it is not told. */
  reporter: string;
}

const statusPart = /^message\/(?:global-)?(?:delivery-status|xdelivery-status)$/;
const inText = /^(?:final-recipient|original-recipient)\s*:/im;

export function readDeliveryStatus(report: Report): DeliveryStatus | null {
  const declared = report.parts.filter(
    (part) => statusPart.test(part.type) && part.text.trim() !== "",
  );
  const loose = report.parts.filter((part) => inText.test(part.text.slice(0, 64 * 1024)));
  const texts = (declared.length > 0 ? declared : loose).map((part) => part.text);
  if (texts.length === 0) return null;
  const fields = readStatusFields(texts.map(fromFields).join("\n\n"));
  if (fields.recipients.length === 0) return null;
  const originals = [
    ...report.returnedTo,
    ...headerAddresses(report.headers, "x-failed-recipients"),
  ];
  const reporter = fields.message.find((field) => field.name === "reporting-mta")?.value ?? "";
  return {
    failures: fields.recipients.map((group) => failureOfGroup(group, originals)),
    reporter: reporter.replace(/^\s*(?:dns|x-[\w-]+)\s*;\s*/i, ""),
  };
}

/** The fields of a text that has other words before them. */
function fromFields(text: string): string {
  const start = text.search(
    /^(?:reporting-mta|final-recipient|original-recipient|action|arrival-date)\s*:/im,
  );
  return start > 0 ? text.slice(start) : text;
}
