import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { understandMail } from "../bounces/understand-mail.ts";
import { headerValue } from "./headers.ts";
import { textOfHtml } from "./html-text.ts";
import { readIncoming } from "./read-incoming.ts";

const read = (text: string) => readIncoming(Buffer.from(text));

describe("reading a message into parts", () => {
  test("gives sender, recipients, readable subject, ids and text", () => {
    const mail = read(
      [
        "From: =?utf-8?q?J=C3=BCrgen?= <j@example.org>",
        "To: a@example.com, B <b@example.com>",
        "Subject: =?iso-8859-1?Q?Gr=FC=DFe?=",
        " aus Bern",
        "Message-ID: <1@example.org>",
        "In-Reply-To: <near@example.com>",
        "References: <far@example.com> <near@example.com>",
        "",
        "Hello",
      ].join("\r\n"),
    );
    expect(mail).toMatchObject({
      from: "j@example.org",
      to: ["a@example.com", "b@example.com"],
      subject: "Grüße aus Bern",
      messageId: "1@example.org",
      answers: ["near@example.com", "near@example.com", "far@example.com"],
      automatic: false,
      text: "Hello",
    });
  });

  test("reads HTML as text, without styles, and only where there is no plain text", () => {
    const mail = read(
      "Content-Type: text/html\n\n<style>p{}</style><p>Stop &amp; go<br>now</p><!-- x --><td>a</td><td>b</td>",
    );
    expect(mail.text).toBe("Stop & go\nnow\na  b");
    expect(textOfHtml("a < b <unclosed")).toBe("a < b");
  });

  test("decodes what the charset says, and guesses where it lies", () => {
    const body = (charset: string, bytes: Buffer) =>
      readIncoming(
        Buffer.concat([Buffer.from(`Content-Type: text/plain; charset=${charset}\n\n`), bytes]),
      ).text;
    expect(body("koi8-r", Buffer.from([0xd3, 0xd4, 0xcf, 0xd0]))).toBe("стоп");
    expect(body("us-ascii", Buffer.from("déjà"))).toBe("déjà");
    expect(body("us-ascii", Buffer.from([0xe9]))).toBe("é");
    expect(body("x-nonsense", Buffer.from("naïve"))).toBe("naïve");
    expect(body("us-ascii", Buffer.from("\u001b$B$O$$\u001b(B"))).toBe("はい");
  });

  test("keeps the parts of an attached message apart from the message's own", () => {
    const mail = read(
      [
        "Content-Type: multipart/mixed; boundary=out",
        "",
        "--out",
        "",
        "mine",
        "--out",
        "Content-Type: message/rfc822",
        "",
        "Subject: inner",
        "Content-Type: multipart/alternative; boundary=in",
        "",
        "--in",
        "",
        "theirs",
        "--in--",
        "--out--",
      ].join("\n"),
    );
    expect(mail.text.trim()).toBe("mine");
    expect(mail.original && headerValue(mail.original, "subject")).toBe("inner");
    expect(mail.parts.map((part) => [part.type, part.level])).toEqual([
      ["text/plain", 0],
      ["message/rfc822", 0],
      ["text/plain", 1],
    ]);
  });

  test("reads an attached message that is encoded, and headers that come back alone", () => {
    const inner = Buffer.from("Subject: inner\n\nHello").toString("base64");
    const encoded = read(
      `Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n${inner}`,
    );
    expect(encoded.original && headerValue(encoded.original, "subject")).toBe("inner");
    const headers = read("Content-Type: text/rfc822-headers\n\nSubject: inner\nTo: a@example.com");
    expect(headers.original && headerValue(headers.original, "to")).toBe("a@example.com");
  });

  test("reads on where boundaries are missing, undeclared, repeated or never closed", () => {
    expect(read("Content-Type: multipart/mixed; boundary=x\n\nno parts at all").text).toBe(
      "no parts at all",
    );
    expect(
      read("Content-Type: multipart/mixed\n\n--abcd\nContent-Type: text/plain\n\nfound").text,
    ).toBe("found");
    expect(
      read(
        "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\ndeep\n--b--",
      ).text.trim(),
    ).toBe("deep");
  });
});

const huge = 20 * 1024 * 1024;
const fill = (piece: string, size: number) => piece.repeat(Math.ceil(size / piece.length));

/** Messages that make careless parsers take quadratic time or all memory. */
const bombs: Record<string, () => string> = {
  "a text of 50 MB": () => `From: MAILER-DAEMON@x.example\n\n${fill("user unknown\n", 50_000_000)}`,
  "lines that all look like boundaries": () =>
    `Content-Type: multipart/mixed; boundary=b\n\n${fill("--b\n", huge)}`,
  "200 levels": () =>
    Array.from(
      { length: 200 },
      (_, n) => `Content-Type: multipart/mixed; boundary=b${n}\n\n--b${n}\n`,
    ).join(""),
  "20,000 levels of one boundary": () =>
    fill("Content-Type: multipart/mixed; boundary=b\n\n--b\n", 1_000_000),
  "20,000 messages inside each other": () => fill("Content-Type: message/rfc822\n\n", 600_000),
  "a header of 20 MB": () => `Subject: ${fill("a b\n c", huge)}`,
  "a million headers": () => fill("X-A: b\n", huge),
  "open tags": () => `Content-Type: text/html\n\n${fill("<style>", huge)}`,
  "half addresses": () =>
    `From: MAILER-DAEMON@x.example\nSubject: failure notice\n\n${fill("<a@", huge)}`,
  "half commands": () =>
    `From: MAILER-DAEMON@x.example\nSubject: failure notice\n\n${fill("RCPT TO:<a@b (\n", huge)}`,
  "a quote that never ends": () => `To: ${fill('"', huge)}`,
};

describe("messages made to hurt", () => {
  // Each takes tens of milliseconds; a reading that is not linear never ends within the limit of a test.
  test.each(Object.keys(bombs))("%s", (name) => {
    const raw = Buffer.from(bombs[name]?.() ?? "", "latin1");
    const mail = readIncoming(raw);
    expect(mail.parts.length).toBeLessThanOrEqual(2_000);
    expect(mail.text.length).toBeLessThanOrEqual(2 * 1024 * 1024);
    understandMail(mail);
  });

  test("any bytes, and any message that is cut or changed anywhere, are read without an error", () => {
    const seed = [
      "From: MAILER-DAEMON@mx.example.net",
      "Subject: =?utf-8?q?Undelivered?= Mail",
      'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
      "",
      "--b",
      "Content-Type: text/html; charset=iso-2022-jp",
      "Content-Transfer-Encoding: quoted-printable",
      "",
      "<p>Hello=20<b>you</b> &#60;a@example.com&gt;: 550 user unknown",
      "--b",
      "Content-Type: message/delivery-status",
      "",
      "Reporting-MTA: dns; mx.example.net",
      "",
      "Final-Recipient: rfc822; a@example.com",
      "Action: failed",
      "Status: 5.1.1",
      "--b",
      "Content-Type: message/rfc822",
      "Content-Transfer-Encoding: base64",
      "",
      Buffer.from("Subject: x\nTo: a@example.com\n\nHi").toString("base64"),
      "--b--",
    ].join("\r\n");
    const change = fc.record({
      at: fc.nat(seed.length),
      drop: fc.nat(60),
      put: fc.oneof(fc.constantFrom("\n", "\r\n\r\n", "--b", "--b--", "=", "<", "@"), fc.string()),
    });
    const changed = fc.array(change, { maxLength: 8 }).map((changes) => {
      let text = seed;
      for (const { at, drop, put } of changes)
        text = text.slice(0, at) + put + text.slice(at + drop);
      return Buffer.from(text);
    });
    const bytes = fc.uint8Array({ maxLength: 2_000 }).map((array) => Buffer.from(array));
    fc.assert(
      fc.property(fc.oneof(changed, bytes), (raw) => {
        const understood = understandMail(readIncoming(raw));
        expect(understood.because).not.toBe("");
      }),
      { numRuns: 2_000 },
    );
  });
});
