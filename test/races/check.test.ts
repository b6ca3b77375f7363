import { expect, test } from "vitest";
import { checkAccepted, checkClaims, checkOnce, type Race } from "./support/check.ts";
import type { Claim, LoggedStop } from "./support/race-log.ts";

/** The checker is only worth what it catches: each breach, made by hand, beside the same without it. */
const claim: Claim = {
  n: 10,
  at: 1_000,
  began: 990,
  messageId: "m",
  contactId: "contact",
  key: "key",
  address: "a@one.example",
  campaignId: null,
  topicId: null,
  fences: { contact: 4, key: 0, workspace: 0 },
};
const stop: LoggedStop = {
  n: 11,
  at: 1_010,
  began: 1_001,
  id: "s",
  kind: "deactivation",
  cause: "user",
  subjectType: "contact",
  subject: "contact",
  channel: null,
  topicId: null,
  campaignId: null,
  generation: 5,
  liftedN: null,
};
const ack = { stopId: "s", startNs: 0n, ackNs: 500n, underWay: [] as string[] };
const mail = { messageId: "m", to: ["a@one.example"], acceptedNs: 400n };
const race: Race = {
  claims: [claim],
  stops: [stop],
  acks: [ack],
  lifts: [],
  accepted: [mail],
  book: {
    furtherKeys: new Map([["contact", ["further"]]]),
    domainKeys: new Map([["one.example", "domain"]]),
  },
};
const late = { ...claim, n: 12, fences: { ...claim.fences, contact: 5 } };

const claims = (change: Partial<Race>) =>
  checkClaims({ ...race, ...change }).violations.map((v) => v.split(":")[0]);
const wire = (change: Partial<Race>) =>
  checkAccepted({ ...race, ...change }).violations.map((v) => v.split(":")[0]);

test("finds nothing where a claim came first and was accepted before the answer", () => {
  expect([claims({}), wire({})]).toEqual([[], []]);
  expect(checkClaims(race)).toMatchObject({ races: 1, racedStops: 1 });
});

test("finds a claim after a stop, by order and by fence, unless the stop was lifted before it", () => {
  expect(claims({ claims: [late] })).toEqual(["S1 order"]);
  expect(claims({ claims: [late], stops: [{ ...stop, liftedN: 13 }] })).toEqual(["S1 order"]);
  expect(claims({ claims: [{ ...late, n: 14 }], stops: [{ ...stop, liftedN: 13 }] })).toEqual([]);
  // The fence says after, the order before, or the other way round: one of them lies.
  expect(claims({ claims: [{ ...claim, fences: late.fences }] })).toEqual(["S1 fence"]);
  expect(claims({ claims: [{ ...late, fences: claim.fences }] })).toEqual(["S1 order", "S1 fence"]);
});

test("knows what a stop covers: domain, further address, topic, campaign, channel", () => {
  const found = (change: Partial<LoggedStop>) =>
    claims({ claims: [late], stops: [{ ...stop, ...change }] }).length > 0;
  expect(found({ subjectType: "domain", subject: "domain", kind: "suppression" })).toBe(true);
  expect(found({ subjectType: "address", subject: "further", kind: "unsubscribe" })).toBe(true);
  expect(found({ subjectType: "address", subject: "further", kind: "suppression" })).toBe(false);
  expect(
    found({ subjectType: "address", subject: "key", kind: "unsubscribe", topicId: "another" }),
  ).toBe(false);
  expect(found({ kind: "do_not_contact", campaignId: "another" })).toBe(false);
  expect(found({ kind: "do_not_disturb", channel: "sms" })).toBe(false);
  expect(found({ subject: "another" })).toBe(false);
});

test("finds what was accepted after the answer, unless it was named there or the stop was being lifted", () => {
  const after = { accepted: [{ ...mail, acceptedNs: 600n }] };
  expect(wire(after)).toEqual(["S2"]);
  expect(wire({ ...after, acks: [{ ...ack, underWay: ["m"] }] })).toEqual([]);
  expect(wire({ ...after, lifts: [{ stopId: "s", startNs: 550n }] })).toEqual([]);
  expect(wire({ ...after, lifts: [{ stopId: "s", startNs: 650n }] })).toEqual(["S2"]);
});

test("finds what was never claimed, what went elsewhere, and what came twice", () => {
  expect(wire({ claims: [] })).toEqual(["S3"]);
  expect(wire({ accepted: [{ ...mail, to: ["A@one.example"] }] })).toEqual(["S4"]);
  expect(wire({ accepted: [{ ...mail, to: ["a@one.example", "b@one.example"] }] })).toEqual(["S4"]);
  expect(checkOnce([mail], () => "step")).toEqual([]);
  expect(checkOnce([mail, { ...mail, messageId: "n" }], () => "step")).toHaveLength(1);
});
