import { Readable } from "node:stream";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bodyStart, readPress } from "./press.ts";

const topicId = "0199b1a0-0000-7000-8000-00000000abcd";
const oneClick = { by: "mail_program", topicId: null, undo: null };

describe("a press", () => {
  it("is one-click as RFC 8058 writes it, urlencoded or multipart", () => {
    expect(readPress("List-Unsubscribe=One-Click")).toEqual(oneClick);
    const multipart =
      '------x7\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n------x7--\r\n';
    expect(readPress(multipart)).toEqual(oneClick);
  });

  it("is one-click when the body is empty or absurd", () => {
    for (const body of [
      "",
      "{",
      "\0\0\0",
      "----",
      "--\r\n\r\n",
      "by=page&List-Unsubscribe=One-Click",
      "%%%=%ff",
    ]) {
      expect(readPress(body)).toEqual(oneClick);
    }
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (body) =>
        ["page", "mail_program"].includes(readPress(body).by),
      ),
    );
  });

  it("of the page may choose a topic, in either encoding", () => {
    expect(readPress(`by=page&topic=${topicId}`)).toEqual({ by: "page", topicId, undo: null });
    const part = (name: string, value: string) =>
      `--b\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
    expect(readPress(`${part("by", "page")}${part("topic", topicId)}--b--\r\n`)).toEqual({
      by: "page",
      topicId,
      undo: null,
    });
  });

  it("of a mail program stops everything, whatever topic it names", () => {
    expect(readPress(`topic=${topicId}`)).toEqual(oneClick);
    expect(readPress(`List-Unsubscribe=One-Click&by=page&topic=${topicId}`)).toEqual(oneClick);
  });

  it("that names no real topic id stops everything", () => {
    expect(readPress("by=page&topic=1%27%20OR%201")).toEqual({
      by: "page",
      topicId: null,
      undo: null,
    });
  });
});

describe("a body", () => {
  const request = (raw: Readable) => ({ raw: raw as never });

  it("is read only at its beginning, and one that breaks off counts as it came", async () => {
    const endless = Readable.from(
      (function* () {
        yield Buffer.from("List-Unsubscribe=One-Click&");
        for (let i = 0; i < 1000; i++) yield Buffer.alloc(4096, "x");
      })(),
    );
    expect((await bodyStart(request(endless))).length).toBe(8192);
    const broken = new Readable({ read() {} });
    broken.push("by=page");
    setTimeout(() => broken.destroy(new Error("gone")), 20);
    expect(await bodyStart(request(broken))).toBe("by=page");
  });

  it("that never ends is waited for two seconds", async () => {
    const slow = new Readable({ read() {} });
    slow.push("List-Un");
    expect(await bodyStart(request(slow))).toBe("List-Un");
  });
});
