import { describe, expect, it } from "vitest";
import { knownLocale, knownTimeZone } from "./rules.ts";
import { changedPolicy, policyChangeSchema, readPolicy } from "./workspace-policy.ts";

describe("the policy of a workspace", () => {
  it("begins with product.md's defaults", () => {
    expect(readPolicy({})).toEqual({
      deletion: "bin",
      bin_days: 30,
      approval_threshold: 1000,
      administrators_may_lift_unsubscribes: false,
      quarantine: { email: { failures: 7, days: 45 }, sms: { failures: 3, days: 7 } },
      breaker: { hard_bounce_percent: 4, complaint_percent: 0.3, days: 7, at_least: 200 },
      consent_required: false,
      verify_addresses: true,
      default_country: null,
      postal_address: "",
    });
  });

  it("keeps what a change does not name, within quarantine and the breaker too", () => {
    const once = changedPolicy(
      {},
      { bin_days: 90, quarantine: { sms: { failures: 5, days: 10 } } },
    );
    const twice = changedPolicy(once, { deletion: "off", breaker: { at_least: 500 } });
    expect(twice).toMatchObject({
      deletion: "off",
      bin_days: 90,
      quarantine: { email: { failures: 7, days: 45 }, sms: { failures: 5, days: 10 } },
      breaker: { hard_bounce_percent: 4, days: 7, at_least: 500 },
    });
  });

  it.each([
    { bin_days: 0 },
    { bin_days: 91 },
    { bin_dayz: 30 },
    { deletion: "on" },
    { default_country: "Germany" },
    { quarantine: { email: { failures: 0, days: 45 } } },
    { breaker: { hard_bounce_percent: 0 } },
    { quarantine: { whatsapp: { failures: 1, days: 1 } } },
  ])("refuses %j", (change) => {
    expect(policyChangeSchema.safeParse(change).success).toBe(false);
  });

  it("decides nothing from a policy that cannot be read", () => {
    expect(() => readPolicy({ bin_days: "soon" })).toThrow();
  });
});

describe("a time zone", () => {
  it.each([
    ["UTC", "UTC"],
    ["Europe/Berlin", "Europe/Berlin"],
    ["europe/berlin", "Europe/Berlin"],
  ])("%s is known", (written, kept) => {
    expect(knownTimeZone(written)).toBe(kept);
  });

  it.each(["Mars/Olympus", "", "+02:00", "-05:00", "Berlin", "'; DROP"])(
    "refuses %j and says how to write it",
    (written) => {
      expect(() => knownTimeZone(written)).toThrow(/Europe\/Berlin/);
    },
  );
});

it("keeps a language tag in its canonical form and refuses another text", () => {
  expect(knownLocale("pt-br")).toBe("pt-BR");
  expect(() => knownLocale("not a tag")).toThrow(/pt-BR/);
});
