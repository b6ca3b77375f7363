import type { Report } from "../report.ts";
import type { Failure, MailKind } from "../understanding.ts";

export interface SesNotification {
  kind: MailKind;
  failures: Failure[];
  messageId: string | null;
  to: string[];
}

type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json => typeof value === "object" && value !== null;
const field = (value: unknown, name: string): unknown =>
  isObject(value) ? value[name] : undefined;
const text = (value: unknown): string => (typeof value === "string" ? value : "");
const list = (value: unknown): readonly unknown[] =>
  Array.isArray(value) ? value.slice(0, 1_000) : [];

/** Amazon SES's notification as SNS mails it: its JSON is the message's text. */
export function readSesNotification(report: Report): SesNotification | null {
  const start = report.notice.indexOf("{");
  if (start === -1 || start > 2_000 || !/notificationType|eventType/.test(report.notice))
    return null;
  const json = parseObject(report.notice.slice(start));
  const inner = text(field(json, "Message"));
  const event = inner ? parseObject(inner) : json;
  const type = text(field(event, "notificationType")) || text(field(event, "eventType"));
  const mail = field(event, "mail");
  const common = field(mail, "commonHeaders");
  const about = {
    messageId: text(field(common, "messageId")).replace(/[<>]/g, "") || null,
    to: list(field(mail, "destination")).map(text).filter(Boolean),
  };
  if (type === "Bounce")
    return { kind: "bounce", failures: bounced(field(event, "bounce")), ...about };
  if (type === "Complaint")
    return { kind: "complaint", failures: complained(field(event, "complaint")), ...about };
  if (type === "Delivery")
    return { kind: "delivered", failures: delivered(field(event, "delivery")), ...about };
  return null;
}

function bounced(bounce: unknown): Failure[] {
  return list(field(bounce, "bouncedRecipients")).map((each) => ({
    address: text(field(each, "emailAddress")).replace(/^.*<|>.*$/g, "") || null,
    action: "failed",
    status: /^[245]\.\d+\.\d+$/.exec(text(field(each, "status")))?.[0] ?? null,
    diagnostic:
      text(field(each, "diagnosticCode")) ||
      `${text(field(bounce, "bounceType"))} ${text(field(bounce, "bounceSubType"))}`,
  }));
}

function complained(complaint: unknown): Failure[] {
  return list(field(complaint, "complainedRecipients")).map((each) => ({
    address: text(field(each, "emailAddress")).replace(/^.*<|>.*$/g, "") || null,
    action: "failed",
    status: null,
    diagnostic: text(field(complaint, "complaintFeedbackType")),
  }));
}

function delivered(delivery: unknown): Failure[] {
  return list(field(delivery, "recipients")).map((each) => ({
    address: text(each) || null,
    action: "delivered",
    status: null,
    diagnostic: text(field(delivery, "smtpResponse")),
  }));
}

/** The JSON object that a text begins with; mail breaks its long lines and adds a footer. */
function parseObject(json: string): unknown {
  const end = json.lastIndexOf("}");
  const whole = json.slice(0, end + 1);
  for (const candidate of [
    whole,
    whole.slice(0, whole.search(/\n--\n|\n\s*--\s/) + 1),
    whole.replace(/\n/g, ""),
  ]) {
    try {
      return JSON.parse(candidate.slice(0, candidate.lastIndexOf("}") + 1));
    } catch {
      // The next candidate leaves out more of what mail adds.
    }
  }
  return null;
}
