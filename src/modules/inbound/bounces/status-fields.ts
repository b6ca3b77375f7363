import { headerValue, type MailHeader } from "../mail/headers.ts";
import { tidyAddress } from "./addresses.ts";
import type { Failure } from "./understanding.ts";

/** The fields of a delivery report: one group for the message, one a recipient. */
export interface StatusFields {
  message: MailHeader[];
  recipients: MailHeader[][];
}

const fieldLine = /^([A-Za-z][A-Za-z0-9-]{1,60})\s*:\s*(.*)$/;
const aboutRecipient =
  /^(?:original-recipient|final-recipient|x-actual-recipient|action|status|diagnostic-code)$/;

/**
 * Reads delivery-status fields (RFC 3464 section 2.1) tolerantly: groups without
 * a blank line between them, fields in any order, continuation lines that lost
 * their indentation.
 */
export function readStatusFields(text: string): StatusFields {
  const message: MailHeader[] = [];
  const recipients: MailHeader[][] = [];
  let group: MailHeader[] = [];
  const close = () => {
    if (group.some((field) => aboutRecipient.test(field.name))) recipients.push(group);
    else message.push(...group);
    group = [];
  };
  for (const line of text.slice(0, 128 * 1024).split("\n", 4_000)) {
    const field = fieldLine.exec(line.slice(0, 4_000));
    const name = field?.[1]?.toLowerCase();
    if (line.trim() === "") close();
    else if (field && name && !/^\s/.test(line)) {
      const again = name === "final-recipient" && group.some((each) => each.name === name);
      if (again) close();
      group.push({ name, value: (field[2] ?? "").trim() });
    } else {
      const last = group.at(-1);
      if (last && last.value.length < 4_000) last.value += ` ${line.trim()}`;
    }
  }
  close();
  return { message, recipients };
}

const actions = ["failed", "delayed", "delivered", "relayed", "expanded"] as const;

/** What a recipient's group says; Original-Recipient, the address that we used, wins. */
export function failureOfGroup(
  group: readonly MailHeader[],
  originals: readonly string[],
): Failure {
  const value = (name: string) => headerValue(group, name);
  const original = tidyAddress(value("original-recipient"));
  const final = tidyAddress(value("final-recipient"));
  const actual = tidyAddress(value("x-actual-recipient"));
  const known = [original, final, actual].find(
    (each) => each !== null && originals.some((to) => to.toLowerCase() === each.toLowerCase()),
  );
  const status = /\b([245]\.\d{1,3}\.\d{1,3})\b/.exec(value("status"))?.[1] ?? null;
  const said = value("action").toLowerCase();
  const action =
    actions.find((each) => said.startsWith(each)) ??
    (said.startsWith("deliverable") ? "delivered" : null) ??
    (status?.startsWith("4") && /delay|retry/.test(said)
      ? "delayed"
      : status?.startsWith("2")
        ? "delivered"
        : "failed");
  return {
    address: known ?? quotedForm(original, final) ?? actual,
    final: final && original && final.toLowerCase() !== original.toLowerCase() ? final : null,
    action,
    status,
    diagnostic: value("diagnostic-code").replace(/^\s*(?:smtp|x-[\w-]+|dns|unix)\s*;\s*/i, ""),
  };
}

/** The original, in the final address's form when they differ in quotes alone. */
function quotedForm(original: string | null, final: string | null): string | null {
  return original && final && final.replaceAll('"', "") === original ? final : (original ?? final);
}
