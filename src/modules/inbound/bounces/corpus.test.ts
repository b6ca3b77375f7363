import { expect, test } from "vitest";
import { readIncoming } from "../mail/read-incoming.ts";
import { measureAccuracy, precision, readBounceCorpus, recall, share, stops } from "./testing.ts";
import { understandMail } from "./understand-mail.ts";

const corpus = readBounceCorpus();
const all = measureAccuracy(corpus);

test("finds the exact address of at least 96 % of the recipients of real mail", () => {
  expect(share(all.found, all.recipients)).toBeGreaterThanOrEqual(0.96);
});

test("calls hard what is hard: precision at least 95 %, recall at least 92 %", () => {
  expect(precision(all)).toBeGreaterThanOrEqual(0.95);
  expect(recall(all)).toBeGreaterThanOrEqual(0.92);
});

test("stops nobody because of a delivered, delayed or vacation notice or a complaint of another kind", () => {
  for (const mail of corpus) {
    const understood = understandMail(readIncoming(mail.raw));
    const harmless =
      ["delivered", "autoreply", "complaint"].includes(mail.class) ||
      understood.kind !== "bounce" ||
      onlyDelayed(mail.raw);
    if (harmless) expect(stops(understood), mail.file).toEqual([]);
  }
});

test("takes no delivered or vacation notice and no complaint for a bounce", () => {
  for (const mail of corpus) {
    const { kind } = understandMail(readIncoming(mail.raw));
    if (mail.class === "delivered") expect(kind, mail.file).toBe("delivered");
    if (mail.class === "autoreply") expect(["auto_reply", "challenge"], mail.file).toContain(kind);
    if (mail.class === "complaint") expect(kind, mail.file).not.toBe("bounce");
    if (onlyDelayed(mail.raw)) expect(kind, mail.file).toBe("delayed");
  }
});

/** All actions that the raw message reports are "delayed" (RFC 3464 2.3.3). */
function onlyDelayed(raw: Buffer): boolean {
  const actions = raw.toString("latin1").match(/^Action: *\w+/gim) ?? [];
  return actions.length > 0 && actions.every((action) => /delayed$/i.test(action));
}
