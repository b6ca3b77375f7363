import { describe, expect, it } from "vitest";
import { allPermissions, builtInRoles } from "../access/index.ts";
import type { StopCause, StopKind } from "./kinds.ts";
import {
  type Lifter,
  lifting,
  refusalBits,
  refusalCodes,
  refusalsOf,
  whyNotLift,
} from "./rules.ts";

const complete = { authorization: "asked by phone", hasEvidence: true };
const off = { administratorsMayLiftUnsubscribes: false };
const on = { administratorsMayLiftUnsubscribes: true };

const user = (...permissions: string[]): Lifter => ({
  as: "user",
  permissions: new Set(permissions),
});
const everything = user(...allPermissions);
const recipient: Lifter = { as: "recipient", permissions: new Set() };
const heed: Lifter = { as: "system", permissions: new Set() };

/** product.md, Kinds of stop, "who may lift": the permission, or who else. */
const table: [StopKind, StopCause, { user: string | null; recipient: boolean; heed: boolean }][] = [
  ["deactivation", "user", { user: "contacts.reactivate", recipient: false, heed: false }],
  ["deactivation", "reply", { user: "contacts.reactivate", recipient: false, heed: false }],
  ["deactivation", "api", { user: "contacts.reactivate", recipient: false, heed: false }],
  ["unsubscribe", "link", { user: null, recipient: true, heed: false }],
  ["unsubscribe", "one_click", { user: null, recipient: true, heed: false }],
  ["unsubscribe", "reply", { user: null, recipient: true, heed: false }],
  ["unsubscribe", "import", { user: null, recipient: true, heed: false }],
  ["do_not_contact", "user", { user: "contacts.edit", recipient: false, heed: false }],
  ["do_not_disturb", "user", { user: "contacts.edit", recipient: false, heed: false }],
  ["do_not_disturb", "api", { user: "contacts.edit", recipient: false, heed: false }],
  ["suppression", "hard_bounce", { user: "stops.lift", recipient: false, heed: true }],
  ["suppression", "complaint", { user: null, recipient: false, heed: false }],
  ["suppression", "manual", { user: "stops.lift", recipient: false, heed: false }],
  ["suppression", "import", { user: "stops.lift", recipient: false, heed: false }],
  ["quarantine", "soft_bounces", { user: null, recipient: false, heed: true }],
];

describe("who may lift a stop", () => {
  it.each(table)("%s by %s", (kind, cause, may) => {
    const stop = { kind, cause };
    for (const permission of allPermissions) {
      const answer = whyNotLift(stop, user(permission), complete, off);
      expect(answer === null).toBe(permission === may.user);
    }
    expect(whyNotLift(stop, everything, complete, off) === null).toBe(may.user !== null);
    expect(whyNotLift(stop, user(), complete, off)).not.toBeNull();
    expect(whyNotLift(stop, recipient, complete, off) === null).toBe(may.recipient);
    expect(whyNotLift(stop, heed, complete, off) === null).toBe(may.heed);
  });

  it("is said to whoever may not", () => {
    for (const [kind, cause] of table) {
      const rule = lifting({ kind, cause }, off);
      expect(whyNotLift({ kind, cause }, user(), complete, off)).toContain(rule.who);
    }
  });

  it("lets administrators lift an unsubscribe where the workspace allows it, with evidence and authorisation", () => {
    const stop = { kind: "unsubscribe", cause: "link" } as const;
    const lifter = user("stops.lift");
    expect(whyNotLift(stop, lifter, complete, on)).toBeNull();
    expect(whyNotLift(stop, lifter, { ...complete, hasEvidence: false }, on)).toContain("evidence");
    expect(whyNotLift(stop, lifter, { ...complete, authorization: " " }, on)).toContain(
      "authorised",
    );
    expect(whyNotLift(stop, user("contacts.edit"), complete, on)).not.toBeNull();
    expect(whyNotLift(stop, recipient, complete, on)).toBeNull();
  });

  it("keeps a complaint for ever, whatever the workspace allows", () => {
    for (const lifter of [everything, recipient, heed]) {
      expect(
        whyNotLift({ kind: "suppression", cause: "complaint" }, lifter, complete, on),
      ).not.toBeNull();
    }
  });

  it("asks for the authorisation when reactivating and when lifting a suppression", () => {
    for (const [kind, cause] of [
      ["deactivation", "user"],
      ["suppression", "manual"],
      ["suppression", "hard_bounce"],
    ] as const) {
      expect(
        whyNotLift({ kind, cause }, everything, { ...complete, authorization: "" }, off),
      ).toContain("authorised");
    }
  });

  it("is given to the built-in roles as product.md's table says", () => {
    const may = (kind: StopKind, cause: StopCause) =>
      builtInRoles
        .filter(
          (role) => whyNotLift({ kind, cause }, user(...role.permissions), complete, off) === null,
        )
        .map((role) => role.name);
    const managers = ["Administrator", "Company Manager", "Marketing Manager"];
    expect(may("deactivation", "user")).toEqual(managers);
    expect(may("suppression", "hard_bounce")).toEqual(managers);
    expect(may("suppression", "manual")).toEqual(managers);
    expect(may("unsubscribe", "link")).toEqual([]);
    expect(may("do_not_disturb", "user")).toHaveLength(6);
  });
});

describe("the refusals of a mask", () => {
  it("come in the order of product.md, and every bit has a name of its own", () => {
    expect(refusalsOf(Object.values(refusalBits).reduce((a, b) => a | b, 0))).toEqual(refusalCodes);
    expect(refusalCodes).toEqual([
      "in_bin",
      "deactivated",
      "no_address",
      "address_invalid",
      "quarantined",
      "suppressed",
      "unsubscribed",
      "do_not_disturb",
      "do_not_contact",
      "no_consent",
      "excluded",
    ]);
    expect(new Set(Object.values(refusalBits)).size).toBe(refusalCodes.length);
    expect(refusalsOf(0)).toEqual([]);
  });
});
