import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { stopFields } from "./fields.ts";
import { readStopSignal, readsAsYesOrNo } from "./stop-columns.ts";

const unsubscribe = { kind: "unsubscribe", channel: "email" };
const hardBounce = { kind: "suppression", reason: "hard_bounce", channel: "email" };
const complaint = { kind: "suppression", reason: "complaint", channel: "email" };

describe("a stop column", () => {
  it.each([
    "true",
    "TRUE",
    "yes",
    "Y",
    "1",
    "x",
    "✓",
    "oui",
    "ja",
    "sí",
    "unsubscribed",
    "Désabonné",
    "2024-01-02 10:00:00",
    "02/01/2024",
    "opted out",
    "perhaps",
    "?",
    "3",
    "✗",
    "not any more",
  ])("stops on %s", (value) => {
    expect(readStopSignal("unsubscribed", value)).toEqual(unsubscribe);
  });

  it.each([
    "",
    "  ",
    "false",
    "No",
    "0",
    "non",
    "nein",
    "never",
    "n/a",
    "-",
    "—",
    "subscribed",
    "active",
    "NULL",
    "none",
    "[]",
    "0000-00-00 00:00:00",
    "Nee",
    "\u200B",
  ])("does not stop on %j", (value) => {
    expect(readStopSignal("unsubscribed", value)).toBeNull();
  });

  it("gives the kind that its column names", () => {
    expect(readStopSignal("bounced", "hard bounce")).toEqual(hardBounce);
    expect(readStopSignal("bounced", "550 no such user")).toEqual(hardBounce);
    expect(readStopSignal("bounced", "Soft")).toBeNull();
    expect(readStopSignal("complained", "1")).toEqual(complaint);
    expect(readStopSignal("unsubscribed", "marked as spam")).toEqual(complaint);
    expect(readStopSignal("do_not_contact", "yes")).toEqual({ kind: "do_not_contact" });
    expect(readStopSignal("do_not_disturb_sms", "true")).toEqual({
      kind: "do_not_disturb",
      channel: "sms",
    });
    expect(readStopSignal("unsubscribed_whatsapp", "true")).toEqual({
      kind: "unsubscribe",
      channel: "whatsapp",
    });
    expect(readStopSignal("deactivated", "yes")).toEqual({ kind: "deactivation" });
  });
});

describe("an inverted column", () => {
  it.each(["no", "false", "0", "non", "nein", "unsubscribed", "pending", "n/a", "opted out"])(
    "stops on %s",
    (value) => {
      expect(readStopSignal("opt_in_email", value)).toEqual(unsubscribe);
      expect(readStopSignal("active", value)).toEqual({ kind: "deactivation" });
      expect(readStopSignal("opt_in_sms", value)).toEqual({ kind: "unsubscribe", channel: "sms" });
    },
  );

  it.each([
    "",
    "-",
    "NULL",
    "yes",
    "true",
    "1",
    "oui",
    "Opted in",
    "subscribed",
    "2024-01-02",
    "✓",
  ])("does not stop on %j", (value) => {
    expect(readStopSignal("opt_in_email", value)).toBeNull();
  });
});

describe("a status column", () => {
  it.each([
    ["unsubscribed", unsubscribe],
    ["Non-Subscribed", unsubscribe],
    ["opted out", unsubscribe],
    ["Opted-Out", unsubscribe],
    ["désabonné", unsubscribe],
    ["abgemeldet", unsubscribe],
    ["uitgeschreven", unsubscribe],
    ["dado de baja", unsubscribe],
    ["cleaned", hardBounce],
    ["Bounced", hardBounce],
    ["hard_bounce", hardBounce],
    ["invalid", hardBounce],
    ["complained", complaint],
    ["Spam report", complaint],
    ["blocklisted", { kind: "do_not_contact" }],
    ["DND", { kind: "do_not_contact" }],
    ["Do Not Contact", { kind: "do_not_contact" }],
    ["inactive", { kind: "deactivation" }],
    ["disabled", { kind: "deactivation" }],
    ["archived", { kind: "deactivation" }],
  ])("stops on %s", (value, signal) => {
    expect(readStopSignal("status", value)).toEqual(signal);
  });

  it.each([
    "",
    "Lead",
    "Customer",
    "subscribed",
    "active",
    "enabled",
    "New",
    "soft bounce",
    "not spam",
    "Qualified",
    "confirmed",
  ])("says nothing with %j", (value) => {
    expect(readStopSignal("status", value)).toBeNull();
  });
});

it("never lifts, whatever the column and the cell", () => {
  const kinds = ["unsubscribe", "suppression", "do_not_contact", "do_not_disturb", "deactivation"];
  fc.assert(
    fc.property(fc.constantFrom(...stopFields), fc.string({ unit: "grapheme" }), (field, value) => {
      const signal = readStopSignal(field, value);
      if (signal !== null) expect(kinds).toContain(signal.kind);
      expect(readStopSignal(field, ` ${value.toUpperCase()} `)?.kind).toBe(
        readStopSignal(field, value.toUpperCase())?.kind,
      );
    }),
  );
});

it("tells answers from names", () => {
  expect(readsAsYesOrNo(["yes", "", "no", "2024-01-02"])).toBe(true);
  expect(readsAsYesOrNo(["Weekly", "Product news", "Weekly"])).toBe(false);
  expect(readsAsYesOrNo(["", ""])).toBe(true);
});
