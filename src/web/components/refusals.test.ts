import { expect, test } from "vitest";
import { channelState } from "./refusals.ts";

test("a channel without an address is grey, not stopped", () => {
  expect(channelState(false, ["no_address"])).toBe("absent");
});

test("an inactive contact has a red X on every channel, also where it has no address", () => {
  expect(channelState(false, ["deactivated", "no_address"])).toBe("stopped");
});

test("a channel that may be written to is green", () => {
  expect(channelState(true, [])).toBe("open");
});
