import {
  createHash,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  verify,
} from "node:crypto";
import fc from "fast-check";
import { createTransport } from "nodemailer";
import { describe, expect, test } from "vitest";
import { isHeedError } from "../../../kernel/errors.ts";
import { compileMail } from "./compile.ts";
import { bodyHash, signatureOf, signDkim, signedHeader, splitMessage } from "./dkim.ts";
import { type DkimKey, parseDkimKey } from "./dkim-key.ts";

/** RFC 6376 read once more, by string, with nothing of the signer's. */
function verifies(message: Buffer, publicKey: KeyObject, which = 0): boolean {
  const [head = "", ...rest] = message.toString("latin1").split("\r\n\r\n");
  const fields = head.split(/\r\n(?![ \t])/);
  const signatures = fields.filter((field) => /^dkim-signature:/i.test(field));
  const signature = signatures[which] ?? "";
  const tags = new Map(
    signature
      .slice(signature.indexOf(":") + 1)
      .split(";")
      .map((tag) => [
        tag.slice(0, tag.indexOf("=")).trim(),
        tag.slice(tag.indexOf("=") + 1).replace(/\s/g, ""),
      ]),
  );
  const canonicalLines = rest
    .join("\r\n\r\n")
    .split("\r\n")
    .map((line) => line.replace(/[ \t]+/g, " ").replace(/ $/, ""));
  let body = canonicalLines.join("\r\n").replace(/(\r\n)*$/, "");
  body = body === "" ? "" : `${body}\r\n`;
  const digest = createHash("sha256").update(body, "latin1").digest("base64");
  if (digest !== tags.get("bh")) return false;
  const canonical = (field: string) => {
    const [, name = "", value = ""] = /^([^:]*):([\s\S]*)$/.exec(field) ?? [];
    return `${name.trim().toLowerCase()}:${value
      .replace(/\r\n/g, "")
      .replace(/[ \t]+/g, " ")
      .trim()}`;
  };
  const left = [...fields];
  let data = "";
  for (const name of (tags.get("h") ?? "").split(":")) {
    const at = left.findLastIndex((field) =>
      field.toLowerCase().startsWith(`${name.toLowerCase()}:`),
    );
    if (at !== -1) data += `${canonical(left.splice(at, 1)[0] ?? "")}\r\n`;
  }
  data += canonical(signature.replace(/([;\s]b=)[^;]*/, "$1"));
  const bytes = Buffer.from(data, "latin1");
  const value = Buffer.from(tags.get("b") ?? "", "base64");
  if (tags.get("a") === "ed25519-sha256") {
    return verify(null, createHash("sha256").update(bytes).digest(), publicKey, value);
  }
  return verify("sha256", bytes, publicKey, value);
}

const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 });
const ed25519 = generateKeyPairSync("ed25519");
const pem = (key: KeyObject) => key.export({ type: "pkcs8", format: "pem" }) as string; // PEM is a string
const rsaKey = parseDkimKey({
  domain: "example.com",
  selector: "s1",
  privateKey: pem(rsa.privateKey),
});
const edKey = parseDkimKey({
  domain: "example.com",
  selector: "s2",
  privateKey: pem(ed25519.privateKey),
});
const pairs: [string, DkimKey, KeyObject][] = [
  ["rsa-sha256", rsaKey, rsa.publicKey],
  ["ed25519-sha256", edKey, ed25519.publicKey],
];

const compiled = compileMail({
  from: { name: "Bücherei", address: "library@example.com" },
  replyTo: "r@example.com",
});
const message = (text: string, html?: string) =>
  compiled({
    messageId: "1@example.com",
    date: new Date(0),
    to: "reader@example.org",
    subject: "Grüße, many of them, in a subject that has to be folded once or twice",
    text,
    html,
    listUnsubscribe: { url: "https://example.com/u/1", mailto: "u+1@example.com" },
  });
const tag = (signed: Buffer, name: string) =>
  new RegExp(`[;\\s]${name}=([^;]*?)(?:;|\\r\\n(?! ))`)
    .exec(signed.toString())?.[1]
    ?.replace(/\s/g, "");

describe.each(pairs)("a signature with %s", (algorithm, key, publicKey) => {
  test("verifies by a second reading of the RFC, and not when anything was changed", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: fc.constantFrom(...Array.from(" \t\r\n.aü=")) }),
        async (text) => {
          expect(verifies(await signDkim(message(text, `<p>${text}</p>`), key), publicKey)).toBe(
            true,
          );
        },
      ),
      { numRuns: 60 },
    );
    const signed = await signDkim(message("one two\n"), key);
    expect(signed.toString()).toContain(`a=${algorithm}; c=relaxed/relaxed; d=example.com;`);
    const changed = (from: string | RegExp, to: string) =>
      verifies(Buffer.from(signed.toString().replace(from, to)), publicKey);
    expect(changed("one", "One")).toBe(false);
    expect(changed("\r\nSubject: ", "\r\nSubject: X")).toBe(false);
    expect(changed("/u/1>", "/u/2>")).toBe(false);
    expect(changed("=One-Click", "=Other")).toBe(false);
    expect(changed("one two", "one   two  ")).toBe(true); // relaxed
  });

  test("breaks when a second From or another List-Unsubscribe is put in", async () => {
    const signed = await signDkim(message("x"), key);
    for (const field of ["From: evil@example.net", "List-Unsubscribe: <https://evil.example/>"]) {
      const above = Buffer.from(`${field}\r\n${signed.toString()}`);
      const below = Buffer.from(
        signed.toString().replace("\r\nMIME-Version", `\r\n${field}\r\nMIME-Version`),
      );
      expect(verifies(above, publicKey)).toBe(false);
      expect(verifies(below, publicKey)).toBe(false);
    }
    const without = compiled({
      messageId: "1@example.com",
      date: new Date(0),
      to: "reader@example.org",
      subject: "s",
      text: "t",
      listUnsubscribe: null,
    });
    const sealed = (await signDkim(without, key)).toString();
    expect(verifies(Buffer.from(sealed), publicKey)).toBe(true);
    const added = `List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n${sealed}`;
    expect(verifies(Buffer.from(added), publicKey)).toBe(false);
  });
});

test("agrees with nodemailer's signer on the body hash, and each verifies", async () => {
  for (const text of [
    "plain\r\n",
    "a  b\t c \r\n\r\n\r\n",
    "\r\n\r\n",
    "ends without",
    ".\r\n..\r\n",
    "ü\r\n \r\n",
  ]) {
    const raw = message(text, `<p>${text}</p>`);
    const transport = createTransport({
      streamTransport: true,
      buffer: true,
      newline: "windows",
      dkim: { domainName: "example.com", keySelector: "s1", privateKey: pem(rsa.privateKey) },
    });
    const envelope = { from: "a@example.com", to: "b@example.org" };
    const theirs = (await transport.sendMail({ raw, envelope })).message as Buffer;
    const ours = await signDkim(raw, rsaKey);
    expect(tag(ours, "bh")).toBe(tag(theirs, "bh"));
    expect(verifies(theirs, rsa.publicKey)).toBe(true);
    expect(verifies(ours, rsa.publicKey)).toBe(true);
    expect(ours.subarray(ours.length - raw.length).equals(raw)).toBe(true);
  }
});

describe("RFC 8463, appendix A", () => {
  const body = "Hi.\r\n\r\nWe lost the game.  Are you hungry yet?\r\n\r\nJoe.\r\n";
  const example = Buffer.from(
    `From: Joe SixPack <joe@football.example.com>\r\nTo: Suzie Q <suzie@shopping.example.net>\r\n` +
      `Subject: Is dinner ready?\r\nDate: Fri, 11 Jul 2003 21:00:37 -0700 (PDT)\r\n` +
      `Message-ID: <20030712040037.46341.5F8J@football.example.com>\r\n\r\n${body}`,
  );
  const unsigned =
    "DKIM-Signature: v=1; a=ed25519-sha256; c=relaxed/relaxed;\r\n" +
    " d=football.example.com; i=@football.example.com;\r\n" +
    " q=dns/txt; s=brisbane; t=1528637909; h=from : to :\r\n" +
    " subject : date : message-id : from : subject : date;\r\n" +
    " bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;\r\n b=";
  const expected =
    "/gCrinpcQOoIfuHNQIbq4pgh9kyIK3AQUdt9OdqQehSwhEIug4D11BusFa3bT3FY5OsU7ZbnKELq+eXdp1Q1Dw==";
  const key = parseDkimKey({
    domain: "football.example.com",
    selector: "brisbane",
    privateKey: "nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A=",
  });

  test("gives the published body hash, public key and signature", async () => {
    const split = splitMessage(example);
    expect(bodyHash(split.body)).toBe("2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=");
    const jwk = createPublicKey(key.privateKey).export({ format: "jwk" });
    expect(Buffer.from(jwk.x ?? "", "base64url").toString("base64")).toBe(
      "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=",
    );
    const names = "from:to:subject:date:message-id:from:subject:date".split(":");
    expect(await signatureOf(signedHeader(split.fields, names, unsigned), key)).toBe(expected);
  });
});

describe("a key", () => {
  const code = (
    privateKey: string,
    more: { domain?: string; selector?: string; unsigned?: string[] } = {},
  ) => {
    try {
      parseDkimKey({ domain: "example.com", selector: "s", privateKey, ...more });
    } catch (error) {
      if (!isHeedError(error)) return String(error);
      const said = JSON.stringify([error.message, error.details, String(error.cause)]);
      expect(said).not.toContain(privateKey.slice(40, 80) || "-");
      return error.code;
    }
    return "accepted";
  };

  test("is read in the forms that people have", () => {
    expect(code(pem(rsa.privateKey))).toBe("accepted");
    expect(code(rsa.privateKey.export({ type: "pkcs1", format: "pem" }) as string)).toBe(
      "accepted",
    );
    expect(code(rsa.privateKey.export({ type: "pkcs1", format: "der" }).toString("base64"))).toBe(
      "accepted",
    );
    expect(code(rsa.privateKey.export({ type: "pkcs8", format: "der" }).toString("base64"))).toBe(
      "accepted",
    );
    expect(code(`\n${pem(ed25519.privateKey)}\n`)).toBe("accepted");
  });

  test("that cannot sign is refused with the reason, and never quoted", () => {
    const encrypted = rsa.privateKey.export({
      type: "pkcs8",
      format: "pem",
      cipher: "aes-256-cbc",
      passphrase: "x",
    });
    expect(code(encrypted as string)).toBe("dkim_key_encrypted");
    expect(code(rsa.publicKey.export({ type: "spki", format: "pem" }) as string)).toBe(
      "dkim_key_public",
    );
    expect(code(pem(rsa.privateKey).slice(0, 300))).toBe("dkim_key_unreadable");
    expect(code("hello")).toBe("dkim_key_unreadable");
    expect(code("")).toBe("dkim_key_unreadable");
    const ec = generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey;
    expect(code(pem(ec))).toBe("dkim_key_unsupported");
    const short = generateKeyPairSync("rsa", { modulusLength: 512 }).privateKey;
    expect(code(pem(short))).toBe("dkim_key_too_short");
  });

  test("needs a domain and selector that are one, and signs what must be signed", () => {
    const key = pem(ed25519.privateKey);
    expect(code(key, { domain: "example.com; s=x" })).toBe("dkim_domain_invalid");
    expect(code(key, { domain: "bücher.example" })).toBe("dkim_domain_invalid");
    expect(code(key, { selector: "a;b" })).toBe("dkim_selector_invalid");
    expect(code(key, { selector: "a\r\nb" })).toBe("dkim_selector_invalid");
    expect(code(key, { unsigned: ["List-Unsubscribe"] })).toBe("dkim_headers_invalid");
  });

  test("leaves out what a relay rewrites, when told so", async () => {
    const key = parseDkimKey({
      domain: "example.com",
      selector: "s",
      privateKey: pem(ed25519.privateKey),
      unsigned: ["Message-ID", "Date"],
    });
    const signed = await signDkim(message("x"), key);
    expect(tag(signed, "h")).not.toMatch(/message-id|date/);
    const rewritten = Buffer.from(
      signed.toString().replace(/Message-ID: .*/, "Message-ID: <ses@example.net>"),
    );
    expect(verifies(rewritten, ed25519.publicKey)).toBe(true);
  });
});
