import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { newId } from "../../kernel/ids.ts";
import { Secrets } from "../../kernel/secrets.ts";
import { makeReturnAddress, readReturnAddress } from "./return-path.ts";

const secrets = new Secrets([randomBytes(32)]);
const ours = newId();
const workspaces = [newId(), ours, newId()];

describe("an address that mail comes back to", () => {
  test.each(["bounce", "reply"] as const)(
    "names its message and fits a local part (%s)",
    (kind) => {
      const messageId = newId();
      const local = makeReturnAddress(secrets, ours, { kind, messageId });
      expect(local).toMatch(/^[br]-[a-z2-7]{58}$/);
      expect(readReturnAddress(secrets, local, workspaces)).toEqual({
        kind,
        messageId,
        workspaceId: ours,
      });
    },
  );

  test("survives servers that change its case", () => {
    const messageId = newId();
    const local = makeReturnAddress(secrets, ours, { kind: "bounce", messageId });
    expect(readReturnAddress(secrets, local.toUpperCase(), workspaces)?.messageId).toBe(messageId);
  });

  test("is refused with one letter changed, for another kind, workspace or installation", () => {
    const local = makeReturnAddress(secrets, ours, { kind: "bounce", messageId: newId() });
    for (let at = 2; at < local.length; at++) {
      const other = local[at] === "a" ? "b" : "a";
      // The last letter carries three bits of the signature and two of nothing.
      if (at === local.length - 1) continue;
      expect(
        readReturnAddress(secrets, local.slice(0, at) + other + local.slice(at + 1), workspaces),
      ).toBeNull();
    }
    expect(readReturnAddress(secrets, `r-${local.slice(2)}`, workspaces)).toBeNull();
    expect(readReturnAddress(secrets, local, [newId()])).toBeNull();
    expect(readReturnAddress(new Secrets([randomBytes(32)]), local, workspaces)).toBeNull();
  });

  test("reads any text without an error", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(readReturnAddress(secrets, text, workspaces)).toBeNull();
        expect(readReturnAddress(secrets, `b-${text}`, workspaces)).toBeNull();
      }),
    );
  });
});
