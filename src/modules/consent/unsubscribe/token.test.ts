import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { newId } from "../../../kernel/ids.ts";
import { Secrets } from "../../../kernel/secrets.ts";
import { channels } from "../../contacts/index.ts";
import {
  makeUndoToken,
  makeUnsubscribeToken,
  readUndoToken,
  readUnsubscribeToken,
  undoMilliseconds,
} from "./token.ts";

const old = randomBytes(32);
const secrets = new Secrets([old]);
const anyToken = fc.record({
  workspaceId: fc.uuid(),
  key: fc.uuid(),
  channel: fc.constantFrom(...channels),
  messageId: fc.uuid(),
});
const token = { workspaceId: newId(), key: newId(), channel: "email" as const, messageId: newId() };
const made = makeUnsubscribeToken(secrets, token);

describe("an unsubscribe token", () => {
  it("reads as what it was made of", () => {
    fc.assert(
      fc.property(anyToken, (parts) => {
        expect(readUnsubscribeToken(secrets, makeUnsubscribeToken(secrets, parts))).toEqual(parts);
      }),
    );
  });

  it("still works after the secret was rotated, twice", () => {
    const rotated = new Secrets([randomBytes(32), randomBytes(32), old]);
    expect(readUnsubscribeToken(rotated, made)).toEqual(token);
  });

  it("does not work under another installation's secret", () => {
    expect(readUnsubscribeToken(new Secrets([randomBytes(32)]), made)).toBeNull();
  });

  it("is refused with any one letter changed, left out or added", () => {
    const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_=+/ .%";
    for (let at = 0; at < made.length; at++) {
      const [before, after] = [made.slice(0, at), made.slice(at + 1)];
      expect(readUnsubscribeToken(secrets, before + after)).toBeNull();
      for (const letter of letters) {
        expect(readUnsubscribeToken(secrets, before + letter + made.slice(at))).toBeNull();
        if (letter !== made[at])
          expect(readUnsubscribeToken(secrets, before + letter + after)).toBeNull();
      }
    }
  });

  it("is refused truncated, padded and in another version", () => {
    for (let length = 0; length < made.length; length++) {
      expect(readUnsubscribeToken(secrets, made.slice(0, length))).toBeNull();
    }
    expect(readUnsubscribeToken(secrets, `${made}=`)).toBeNull();
    expect(readUnsubscribeToken(secrets, `${made}==`)).toBeNull();
    const body = Buffer.from(made, "base64url").subarray(0, 50);
    body[0] = 2;
    const version2 = Buffer.concat([body, secrets.sign("unsubscribe", body)]).toString("base64url");
    expect(readUnsubscribeToken(secrets, version2)).toBeNull();
  });

  it("is refused when signed for a channel that is not there", () => {
    const body = Buffer.from(made, "base64url").subarray(0, 50);
    body[33] = 9;
    expect(
      readUnsubscribeToken(
        secrets,
        Buffer.concat([body, secrets.sign("unsubscribe", body)]).toString("base64url"),
      ),
    ).toBeNull();
  });

  it("never throws, whatever it is given", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "binary", maxLength: 200 }),
        (text) => readUnsubscribeToken(secrets, text) === null,
      ),
    );
  });
});

describe("an undo token", () => {
  const now = new Date("2026-03-01T12:00:00Z");
  const undo = { workspaceId: newId(), stopId: newId() };
  const undoToken = makeUndoToken(secrets, undo, now);

  it("works for 30 minutes and not a moment longer", () => {
    expect(readUndoToken(secrets, undoToken, now)).toEqual(undo);
    expect(readUndoToken(secrets, undoToken, new Date(now.getTime() + undoMilliseconds))).toEqual(
      undo,
    );
    expect(
      readUndoToken(secrets, undoToken, new Date(now.getTime() + undoMilliseconds + 1)),
    ).toBeNull();
    expect(undoMilliseconds).toBe(1_800_000);
  });

  it("is no unsubscribe token, nor the other way round", () => {
    expect(readUnsubscribeToken(secrets, undoToken)).toBeNull();
    expect(readUndoToken(secrets, made, now)).toBeNull();
    const body = Buffer.from(undoToken, "base64url").subarray(0, 39);
    const signedAsLink = Buffer.concat([body, secrets.sign("unsubscribe", body)]).toString(
      "base64url",
    );
    expect(readUndoToken(secrets, signedAsLink, now)).toBeNull();
  });

  it("cannot be made to last longer", () => {
    const bytes = Buffer.from(undoToken, "base64url");
    bytes.writeUIntBE(now.getTime() * 2, 33, 6);
    expect(readUndoToken(secrets, bytes.toString("base64url"), now)).toBeNull();
  });
});
