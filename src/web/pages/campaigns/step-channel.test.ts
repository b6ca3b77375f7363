import { expect, test } from "vitest";
import { accountFor, fits } from "./step-channel.ts";

const account = (id: string, channel: string, is_default: boolean) =>
  ({ id, channel, is_default, archived_at: null }) as Parameters<typeof accountFor>[0][number];
const accounts = [
  account("mail", "email", true),
  account("other mail", "email", false),
  account("texts", "sms", true),
];

test("a campaign's own account sends the steps on its first step's channel, the channel's default the others", () => {
  const campaign = {
    steps: [{ channel: "email" as const }, { channel: "sms" as const }],
    sending_account_id: "other mail",
  };
  expect(accountFor(accounts, campaign, "email")?.id).toBe("other mail");
  expect(accountFor(accounts, campaign, "sms")?.id).toBe("texts");
  expect(accountFor(accounts, campaign, "whatsapp")).toBeUndefined();
  expect(accountFor(accounts, { ...campaign, sending_account_id: null }, "email")?.id).toBe("mail");
});

test("a text message takes what was written as one, and mail takes the rest", () => {
  expect(fits("sms", "sms") && fits("sms", "whatsapp")).toBe(true);
  expect(fits("text", "email") && fits("mjml", "email")).toBe(true);
  expect(fits("sms", "email") || fits("text", "sms") || fits("mjml", "whatsapp")).toBe(false);
});
