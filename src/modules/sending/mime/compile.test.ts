import fc from "fast-check";
import PostalMime from "postal-mime";
import { describe, expect, test } from "vitest";
import { isHeedError } from "../../../kernel/errors.ts";
import { isPlainAddress, needsSmtpUtf8 } from "./address.ts";
import { compileMail, type Mail, type MailContent } from "./compile.ts";

const content: MailContent = { from: { name: "Library", address: "library@example.com" } };
const mail: Mail = {
  messageId: "1.2@example.com",
  date: new Date("2026-03-04T05:06:07Z"),
  to: "reader@example.org",
  subject: "Opening hours",
  text: "Hello\n",
  listUnsubscribe: { url: "https://example.com/u/1", mailto: "u+1@example.com" },
};

/** What a header may hold: anything but line breaks and NUL, and no lone surrogates. */
const headerText = fc
  .string({
    unit: fc.oneof(fc.constantFrom(...Array.from(' \t"\\<>,;:=?_@()é語🎈 .')), unitOf()),
    maxLength: 120,
  })
  .map((value) => value.replace(/[\r\n\0]/g, ""));
const bodyText = fc
  .array(
    fc.oneof(
      fc.string({ unit: "grapheme", maxLength: 200 }),
      fc.constantFrom("\r\n", "\n", "\r", ".", "\n.\n", "\nFrom me", "=", " ", "\t", "--=_", "ü"),
      fc.nat({ max: 1500 }).map((n) => "x".repeat(n)),
      fc.nat({ max: 400 }).map((n) => "ü ".repeat(n)),
    ),
    { maxLength: 12 },
  )
  .map((pieces) => pieces.join(""));

function unitOf() {
  return fc.string({ unit: "grapheme", minLength: 1, maxLength: 1 });
}

function lines(text: string): string {
  return text.replace(/\r\n|\r|\n/g, "\n");
}

async function parsed(message: Buffer) {
  return await new PostalMime().parse(message);
}

/** What holds for every message: CRLF alone, lines within 998, header lines within 76 where they can be, ASCII. */
function expectWellFormed(message: Buffer): void {
  const text = message.toString("latin1");
  expect(text).not.toMatch(/\r(?!\n)|(?<!\r)\n/);
  expect(text.includes("\0")).toBe(false);
  expect(text.endsWith("\r\n")).toBe(true);
  expect(text).not.toMatch(/[\u0080-\uffff]/);
  for (const line of text.split("\r\n")) expect(line.length).toBeLessThanOrEqual(998);
  for (const line of text.slice(0, text.indexOf("\r\n\r\n")).split("\r\n")) {
    expect(line).toMatch(/\S/);
    if (line.includes("=?UTF-8?")) expect(line.length).toBeLessThanOrEqual(76);
  }
}

describe("a compiled mail", () => {
  test("reads back as what was put in, whatever the alphabet, length or line ends", async () => {
    await fc.assert(
      fc.asyncProperty(
        headerText,
        headerText,
        headerText,
        bodyText,
        fc.option(bodyText, { nil: undefined }),
        async (subject, fromName, toName, text, html) => {
          const message = compileMail({ from: { name: fromName, address: "a@example.com" } })({
            ...mail,
            subject,
            toName,
            text,
            html,
          });
          expectWellFormed(message);
          const read = await parsed(message);
          expect(read.subject ?? "").toBe(subject);
          expect(read.from?.name ?? "").toBe(fromName);
          expect(read.from?.address).toBe("a@example.com");
          expect(read.to?.[0]?.name ?? "").toBe(toName);
          expect(read.to?.[0]?.address).toBe("reader@example.org");
          // a mail ends with a line end, and postal-mime adds one to every part
          const untilEnd = (value: string | undefined) => (value ?? "").replace(/\n+$/, "");
          expect(untilEnd(lines(read.text ?? ""))).toBe(untilEnd(lines(text)));
          if (html !== undefined && html !== "") {
            expect(untilEnd(lines(read.html ?? ""))).toBe(untilEnd(lines(html)));
          }
        },
      ),
      { numRuns: 400 },
    );
  });

  test("carries both headers of a one-click unsubscription, and its own id and date", async () => {
    const read = compileMail(content)(mail).toString();
    expect(read).toContain(
      "List-Unsubscribe: <https://example.com/u/1>,\r\n <mailto:u+1@example.com>\r\n",
    );
    expect(read).toContain("List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n");
    expect(read).toContain("Message-ID: <1.2@example.com>\r\n");
    expect(read).toContain("Date: Wed, 04 Mar 2026 05:06:07 +0000\r\n");
    expect(read).toContain("MIME-Version: 1.0\r\n");
    expect(read).not.toContain("Auto-Submitted");
  });

  test("offers one-click on a local http address as well, and none where there is no address", () => {
    const plain = compileMail(content)({
      ...mail,
      listUnsubscribe: { url: "http://localhost:3000/u/1" },
    });
    expect(plain.toString()).toContain(
      "List-Unsubscribe: <http://localhost:3000/u/1>\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n",
    );
    expect(compileMail(content)({ ...mail, listUnsubscribe: null }).toString()).not.toContain(
      "List-",
    );
  });

  test("leaves short ASCII lines readable and quotes the rest", () => {
    const encoding = (text: string) =>
      /Content-Transfer-Encoding: (\S+)/.exec(
        compileMail(content)({ ...mail, text }).toString(),
      )?.[1];
    expect(encoding("short\r\nlines\r\n")).toBe("7bit");
    expect(encoding("x".repeat(997))).toBe("7bit");
    expect(encoding("x".repeat(998))).toBe("quoted-printable");
    expect(encoding("ü")).toBe("quoted-printable");
    expect(encoding("a\nFrom b")).toBe("quoted-printable");
    expect(encoding("a\0b")).toBe("quoted-printable");
  });

  test("keeps white space at the end of lines, which decoders of quoted-printable drop", () => {
    const text = "ü \r\nü\t\nü ";
    const body = compileMail(content)({ ...mail, text })
      .toString()
      .split("\r\n\r\n")[1];
    expect(body).toBe("=C3=BC=20\r\n=C3=BC=09\r\n=C3=BC=20\r\n");
  });

  test("cannot hold its own boundary, even when the text was made to", async () => {
    const compiled = compileMail(content);
    const boundary = /boundary="([^"]+)"/.exec(compiled({ ...mail, html: "x" }).toString())?.[1];
    const text = `a\r\n--${boundary}\r\n\r\nforged\r\n--${boundary}--\r\n`;
    const message = compiled({ ...mail, text, html: text });
    expect(message.toString().split(`--${boundary}`)).toHaveLength(4);
    const read = await parsed(message);
    expect(lines(read.text ?? "").trimEnd()).toBe(lines(text).trimEnd());
  });

  test("folds long headers so that unfolding gives the same text", async () => {
    const value = Array.from({ length: 60 }, (_, i) => `word${i}`).join("  ");
    const message = compileMail({ ...content, headers: { "X-Note": value } })({
      ...mail,
      subject: value,
    });
    for (const line of message.toString().split("\r\n"))
      expect(line.length).toBeLessThanOrEqual(76);
    const unfolded = message.toString().replace(/\r\n(?=[ \t])/g, "");
    expect(unfolded).toContain(`X-Note: ${value}\r\n`);
    expect(unfolded).toContain(`Subject: ${value}\r\n`);
  });

  test("keeps one mail's text when the next is built", () => {
    const compiled = compileMail(content);
    const first = compiled({ ...mail, text: "ü".repeat(100) });
    const copy = Buffer.from(first);
    compiled({ ...mail, text: "other ".repeat(50_000), html: "ä".repeat(100_000) });
    expect(first.equals(copy)).toBe(true);
  });

  test("takes a recipient beyond ASCII as raw UTF-8, and says that SMTPUTF8 is needed", async () => {
    const message = compileMail(content)({ ...mail, to: "jörg@example.org", toName: "Jörg" });
    expect((await parsed(message)).to?.[0]).toMatchObject({
      address: "jörg@example.org",
      name: "Jörg",
    });
    expect(needsSmtpUtf8("jörg@example.org")).toBe(true);
    expect(needsSmtpUtf8("joerg@xn--exmple-cua.org")).toBe(false);
  });
});

describe("header injection", () => {
  const attacks = ["a\r\nBcc: victim@example.net", "a\nb", "a\rb", "a\0b"];
  const fields: [string, (value: string) => unknown][] = [
    ["Subject", (value) => compileMail(content)({ ...mail, subject: value })],
    ["To", (value) => compileMail(content)({ ...mail, to: value })],
    ["To", (value) => compileMail(content)({ ...mail, toName: value })],
    ["Message-ID", (value) => compileMail(content)({ ...mail, messageId: value })],
    [
      "List-Unsubscribe",
      (value) => compileMail(content)({ ...mail, listUnsubscribe: { url: value } }),
    ],
    [
      "List-Unsubscribe",
      (value) =>
        compileMail(content)({
          ...mail,
          listUnsubscribe: { url: "https://a.example/", mailto: value },
        }),
    ],
    ["X-A", (value) => compileMail(content)({ ...mail, extraHeaders: { "X-A": value } })],
    ["header name", (value) => compileMail(content)({ ...mail, extraHeaders: { [value]: "x" } })],
    ["X-A", (value) => compileMail({ ...content, headers: { "X-A": value } })],
    ["From", (value) => compileMail({ from: { name: value, address: "a@example.com" } })],
    ["From", (value) => compileMail({ from: { name: "A", address: value } })],
    ["Reply-To", (value) => compileMail({ ...content, replyTo: value })],
  ];
  test.each(fields)("is refused in %s, naming the field", (field, build) => {
    for (const attack of attacks) {
      let thrown: unknown;
      try {
        build(attack);
      } catch (error) {
        thrown = error;
      }
      expect(isHeedError(thrown) && thrown.code).toBe("header_injection");
      expect(isHeedError(thrown) && thrown.details).toEqual({ field });
    }
  });
});

describe("what else is refused", () => {
  const code = (build: () => unknown) => {
    try {
      build();
    } catch (error) {
      return isHeedError(error) ? error.code : String(error);
    }
    return "nothing";
  };

  test.each([
    "a@b.example, c@d.example",
    "<a@b.example>",
    "a b@c.example",
    "a@b@c.example",
    "a",
    "@b.example",
    "a@",
    '"a"@b.example',
    "a@bücher.example",
    "a@[127.0.0.1]",
    "a\u200b@b.example",
    "a\u00a0@b.example",
    "a@b..example",
    "a@-b.example",
    "a@b.example.",
    "a(c)@b.example",
    "a;b@c.example",
    " a@b.example",
    "a@b.example\u2028",
    "a\ud800@b.example",
    `${"a".repeat(260)}@b.example`,
  ])("the address %j", (address) => {
    expect(isPlainAddress(address)).toBe(false);
    expect(code(() => compileMail(content)({ ...mail, to: address }))).toBe("address_invalid");
  });

  test.each([
    "a@b.example",
    "a.b+c@d-e.example",
    "o'hara@example.org",
    "用户@example.org",
    "a_b@x_y.example",
  ])("but not the address %j", (address) => expect(isPlainAddress(address)).toBe(true));

  test("headers that would add recipients, forge history or come twice", () => {
    const extra = (name: string) =>
      code(() => compileMail(content)({ ...mail, extraHeaders: { [name]: "x" } }));
    for (const name of [
      "Bcc",
      "cc",
      "TO",
      "From",
      "Sender",
      "Received",
      "DKIM-Signature",
      "Content-Type",
    ]) {
      expect(extra(name)).toBe("header_reserved");
    }
    expect(extra("X A")).toBe("header_name_invalid");
    expect(extra("X:A")).toBe("header_name_invalid");
    const twice = { ...content, headers: { "X-A": "1" } };
    expect(code(() => compileMail(twice)({ ...mail, extraHeaders: { "x-a": "2" } }))).toBe(
      "header_twice",
    );
  });

  test("dates, ids and unsubscribe addresses that are none", () => {
    const built = (change: Partial<Mail>) =>
      code(() => compileMail(content)({ ...mail, ...change }));
    expect(built({ date: new Date(Number.NaN) })).toBe("date_invalid");
    expect(built({ messageId: "no-domain" })).toBe("message_id_invalid");
    expect(built({ messageId: "a@b> <c@d" })).toBe("message_id_invalid");
    for (const url of [
      "javascript:x",
      "https://a.example/ b",
      "https://a.example/>,<x",
      "https://ü.example/",
    ]) {
      expect(built({ listUnsubscribe: { url } })).toBe("list_unsubscribe_invalid");
    }
    const mailto = "mailto:a@b.example>,<https://c.example/";
    expect(built({ listUnsubscribe: { url: "https://a.example/", mailto } })).toBe(
      "list_unsubscribe_invalid",
    );
    expect(code(() => compileMail({ from: { name: "", address: "jörg@example.org" } }))).toBe(
      "address_invalid",
    );
  });
});
