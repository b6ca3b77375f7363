import { createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, describe, expect, test } from "vitest";
import { startRecordingSmtp } from "../../../test/servers/recording-smtp.ts";
import { startRealSmtp } from "../../../test/servers/smtp-server.ts";
import { isHeedError } from "../../kernel/errors.ts";
import type { HandOver, Transport } from "../../modules/sending/transport.ts";
import type { SmtpLimits, SmtpSettings } from "./settings.ts";
import { createSmtpTransport } from "./transport.ts";

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function recording(options: Parameters<typeof startRecordingSmtp>[0] = {}) {
  const server = await startRecordingSmtp(options);
  closing.push(() => server.close());
  return server;
}

async function real(options: Parameters<typeof startRealSmtp>[0] = {}) {
  const server = await startRealSmtp(options);
  closing.push(() => server.close());
  return server;
}

function transport(
  port: number,
  settings: Omit<Partial<SmtpSettings>, "limits"> & { limits?: Partial<SmtpLimits> } = {},
): Transport {
  const made = createSmtpTransport({
    host: "127.0.0.1",
    port,
    tls: "none",
    connections: 1,
    ...settings,
  });
  closing.push(() => made.close());
  return made;
}

function mail(to = "reader@example.org", change: Partial<HandOver> = {}): HandOver {
  return {
    envelope: { from: "bounce@example.com", to },
    message: Buffer.from(`Message-ID: <${to}>\r\nSubject: x\r\n\r\n.dot\r\n..\r\nend of ${to}\r\n`),
    stillAllowed: async () => true,
    ...change,
  };
}

const servers: [string, () => ReturnType<typeof recording> | ReturnType<typeof real>][] = [
  ["the minimal server", () => recording()],
  ["the minimal server without PIPELINING", () => recording({ extensions: ["8BITMIME"] })],
  ["smtp-server", () => real({ tls: "none" })],
];

describe.each(servers)("with %s", (_name, start) => {
  test("hands over the very bytes, to the one recipient named", async () => {
    const server = await start();
    const sent = [mail("a@example.org"), mail("B.c+d@example.org"), mail("o'hara@example.org")];
    const outbox = transport(server.port);
    for (const one of sent) expect((await outbox.handOver(one)).outcome).toBe("accepted");
    expect(server.accepted.map(({ from, to, data }) => ({ from, to, data }))).toEqual(
      sent.map(({ envelope, message }) => ({
        from: envelope.from,
        to: [envelope.to],
        data: message,
      })),
    );
    expect(server.counts.connections).toBe(1);
  });

  test("leaves nothing at the server when the last check says no, and goes on with the next", async () => {
    const server = await start();
    const outbox = transport(server.port);
    expect((await outbox.handOver(mail("a@example.org"))).outcome).toBe("accepted");
    const withdrawn = await outbox.handOver(
      mail("b@example.org", { stillAllowed: async () => false }),
    );
    expect(withdrawn).toEqual({ outcome: "withdrawn" });
    await expect.poll(() => server.counts.abandoned).toBe(1); // its body had come
    expect((await outbox.handOver(mail("c@example.org"))).outcome).toBe("accepted");
    expect(server.accepted.map((one) => one.to[0])).toEqual(["a@example.org", "c@example.org"]);
  });

  test("asks the last check once, after the body and before anything is accepted", async () => {
    const server = await start();
    let asked = 0;
    let answeredAt = 0n;
    const message = Buffer.from(
      `Subject: x\r\n\r\n${"0123456789".repeat(7).concat("\r\n").repeat(5_000)}`,
    );
    const stillAllowed = async () => {
      asked++;
      await sleep(60);
      expect(server.accepted).toHaveLength(0);
      answeredAt = process.hrtime.bigint();
      return true;
    };
    const result = await transport(server.port).handOver(
      mail("a@example.org", { message, stillAllowed }),
    );
    expect(result.outcome).toBe("accepted");
    expect(asked).toBe(1);
    expect(server.accepted[0]?.acceptedAtNs).toBeGreaterThan(answeredAt);
    expect(server.accepted[0]?.data.equals(message)).toBe(true);
  });

  test("tells a refusal for now from one for good, and what was refused", async () => {
    const server = await start();
    const outbox = transport(server.port);
    const refused = async (at: "mail" | "rcpt" | "dot", reply: string) => {
      server.behave(null, { do: "reply", at, reply, times: 1 });
      const result = await outbox.handOver(mail());
      return "code" in result ? [result.outcome, result.code, result.at] : result;
    };
    expect(await refused("mail", "451 4.3.0 later")).toEqual(["temporary", "4.3.0", "sender"]);
    expect(await refused("mail", "553 5.7.1 not yours")).toEqual(["permanent", "5.7.1", "sender"]);
    expect(await refused("rcpt", "450 4.2.0 greylisted")).toEqual([
      "temporary",
      "4.2.0",
      "recipient",
    ]);
    expect(await refused("rcpt", "550 5.1.1 no such user")).toEqual([
      "permanent",
      "5.1.1",
      "recipient",
    ]);
    expect(await refused("dot", "452 4.2.2 full")).toEqual(["temporary", "4.2.2", "message"]);
    expect(await refused("dot", "554 5.7.1 spam")).toEqual(["permanent", "5.7.1", "message"]);
    expect(server.accepted).toHaveLength(0);
    expect((await outbox.handOver(mail())).outcome).toBe("accepted"); // on the same connection
    expect(server.counts.connections).toBe(1);
  });

  test("does not know what became of a message when the server is silent after the final dot", async () => {
    const server = await start();
    const outbox = transport(server.port, { limits: { answerMs: 300 } });
    // on a connection in use, too, where a loss before the body would be tried again
    expect((await outbox.handOver(mail())).outcome).toBe("accepted");
    server.forget();
    for (const records of [true, false]) {
      server.behave(null, { do: "drop", at: "dot", records, times: 1 });
      expect((await outbox.handOver(mail())).outcome).toBe("unknown");
      server.behave(null, { do: "hang", at: "dot", records, times: 1 });
      expect((await outbox.handOver(mail())).outcome).toBe("unknown");
    }
    expect(server.accepted).toHaveLength(2);
    expect((await outbox.handOver(mail())).outcome).toBe("accepted");
  });
});

describe("when in doubt", () => {
  test("an address that could be read as another never reaches the wire", async () => {
    const server = await recording();
    const outbox = transport(server.port);
    const bad = [
      "a@b.example>\r\nRCPT TO:<c@d.example",
      "a@b.example\n",
      "a b@c.example",
      "<a@b.example>",
      "a@b.example,c@d.example",
      " a@b.example",
      "a@b.example ",
      "\u00a0a@b.example",
      '"a@b.example"@c.example',
      "",
      "a",
      "a@b.example> ORCPT=x",
      "a\0@b.example",
      "a@bücher.example",
    ];
    for (const address of bad) {
      const to = await outbox.handOver(mail(address));
      expect(to).toMatchObject({ outcome: "permanent", code: "5.1.3", at: "recipient" });
      const envelope = { from: address, to: "reader@example.org" };
      expect(await outbox.handOver(mail("x@example.org", { envelope }))).toMatchObject({
        at: "sender",
      });
    }
    expect(server.counts.connections).toBe(0);
  });

  test("a check that fails or does not answer keeps the message back", async () => {
    const server = await recording();
    const outbox = transport(server.port, { limits: { checkMs: 100 } });
    const failing = [
      async () => Promise.reject(new Error("database gone")),
      () => {
        throw new Error("at once");
      },
      async () => "yes" as unknown as boolean,
      () => new Promise<boolean>(() => {}),
    ];
    const results = [];
    for (const stillAllowed of failing)
      results.push(await outbox.handOver(mail("a@example.org", { stillAllowed })));
    expect(results).toMatchObject([
      { outcome: "temporary", code: "last_check_failed", at: "connection" },
      { outcome: "temporary", code: "last_check_failed" },
      { outcome: "withdrawn" },
      { outcome: "temporary", code: "ETIMEDOUT" },
    ]);
    expect(server.accepted).toHaveLength(0);
    expect((await outbox.handOver(mail())).outcome).toBe("accepted");
  });

  test("a yes that comes after its time sends nothing", async () => {
    const server = await recording();
    const outbox = transport(server.port, { limits: { checkMs: 50 } });
    const stillAllowed = () => sleep(150).then(() => true);
    expect(await outbox.handOver(mail("a@example.org", { stillAllowed }))).toMatchObject({
      outcome: "temporary",
    });
    await sleep(200);
    expect(server.accepted).toHaveLength(0);
    expect(server.counts.abandoned).toBe(1);
  });

  test("a connection lost before the final dot is temporary, at whatever point", async () => {
    const server = await recording();
    for (const at of ["connect", "mail", "rcpt", "data", "body"] as const) {
      server.behave(null, { do: "drop", at, times: 1 });
      // the answer takes long enough that the body arrives without its dot
      const slowly = () => sleep(at === "body" ? 50 : 0).then(() => true);
      const first = await transport(server.port).handOver(
        mail("a@example.org", { stillAllowed: slowly }),
      );
      expect(first, at).toMatchObject({ outcome: "temporary", at: "connection" });
      server.behave(null, { do: "hang", at, times: 1 });
      const outbox = transport(server.port, {
        limits: { commandMs: 80, connectMs: 80, bodyMs: 80, checkMs: 80 },
      });
      // a server that hangs in the body still gets the dot, and then it is unknown
      const stillAllowed = () => sleep(at === "body" ? 500 : 0).then(() => true);
      const second = await outbox.handOver(mail("a@example.org", { stillAllowed }));
      expect(second, at).toMatchObject({
        outcome: "temporary",
        code: "ETIMEDOUT",
        at: "connection",
      });
    }
    expect(server.accepted).toHaveLength(0);
  });

  test("an answer that comes before the final dot ends the connection", async () => {
    const server = await recording();
    const outbox = transport(server.port);
    const stillAllowed = () => sleep(100).then(() => true);
    server.behave(null, { do: "reply", at: "body", reply: "552 5.3.4 too big", times: 1 });
    const refused = await outbox.handOver(mail("a@example.org", { stillAllowed }));
    expect(refused).toMatchObject({ outcome: "permanent", code: "5.3.4", at: "message" });
    server.behave(null, { do: "reply", at: "body", reply: "250 2.0.0 Ok", times: 1 });
    const early = await outbox.handOver(mail("a@example.org", { stillAllowed }));
    expect(early).toMatchObject({ outcome: "unknown" });
    expect((await outbox.handOver(mail("b@example.org"))).outcome).toBe("accepted");
    expect(server.accepted.map((one) => one.to[0])).toEqual(["b@example.org"]);
    expect(server.counts.connections).toBe(3);
  });

  test("a half refusal after the dot is no refusal", async () => {
    const raw = createServer((socket) => {
      socket.on("error", () => {});
      socket.write("220 x\r\n");
      socket.on("data", (chunk: Buffer) => {
        const said = chunk.toString();
        if (said.startsWith("EHLO") || said.startsWith("MAIL") || said.startsWith("RCPT"))
          socket.write("250 x\r\n");
        else if (said.startsWith("DATA")) socket.write("354 x\r\n");
        else if (said.endsWith(".\r\n")) socket.end("550 5.7.1 no, wai");
      });
    });
    await new Promise<void>((resolve) => raw.listen(0, "127.0.0.1", resolve));
    closing.push(() => new Promise<void>((resolve) => raw.close(() => resolve())));
    const { port } = raw.address() as { port: number };
    expect((await transport(port).handOver(mail())).outcome).toBe("unknown");
  });

  test("an address beyond ASCII goes only to a server that takes it", async () => {
    const plain = await recording({ extensions: ["PIPELINING"] });
    const result = await transport(plain.port).handOver(mail("jörg@example.org"));
    expect(result).toMatchObject({ outcome: "permanent", code: "5.6.7", at: "recipient" });
    expect(plain.counts.transactions).toBe(0);
    const modern = await recording();
    expect((await transport(modern.port).handOver(mail("jörg@example.org"))).outcome).toBe(
      "accepted",
    );
    expect(modern.accepted[0]?.to).toEqual(["jörg@example.org"]);
  });

  test("a message larger than the server takes is not begun", async () => {
    const server = await real({ tls: "none", size: 2_000 });
    const message = Buffer.alloc(5_000, "x");
    const result = await transport(server.port).handOver(mail("a@example.org", { message }));
    expect(result).toMatchObject({ outcome: "permanent", code: "5.3.4", at: "message" });
    expect(server.counts.transactions).toBe(0);
  });
});

describe("encryption and login", () => {
  const trusting = { tlsOptions: { rejectUnauthorized: false } };
  const auth = { user: "heed", pass: "s3cret-pass-word" };

  test("STARTTLS, when demanded, refuses a server without it", async () => {
    for (const server of [await recording(), await real({ tls: "none" })]) {
      const result = await transport(server.port, { tls: "starttls", ...trusting }).handOver(
        mail(),
      );
      expect(result).toMatchObject({ outcome: "temporary", at: "connection" });
      expect(server.counts.transactions).toBe(0);
    }
  });

  test.each(["starttls", "implicit"] as const)("%s encrypts and logs in", async (tls) => {
    const server = await real({ tls, auth });
    const result = await transport(server.port, { tls, auth, ...trusting }).handOver(mail());
    expect(result.outcome).toBe("accepted");
    expect(server.latest).toEqual({ secure: true, user: "heed" });
  });

  test.each(["starttls", "implicit"] as const)(
    "%s refuses a certificate that nobody vouches for",
    async (tls) => {
      const server = await real({ tls });
      const result = await transport(server.port, { tls }).handOver(mail());
      expect(result).toMatchObject({ outcome: "temporary", at: "connection" });
      expect(server.counts.transactions).toBe(0);
    },
  );

  test("a wrong password blames no recipient, and is not repeated", async () => {
    const server = await real({ tls: "starttls", auth: { user: "heed", pass: "another" } });
    const result = await transport(server.port, { tls: "starttls", auth, ...trusting }).handOver(
      mail(),
    );
    expect(result).toMatchObject({ outcome: "temporary", at: "connection" });
    const said = JSON.stringify(result);
    expect(said).not.toContain(auth.pass);
    expect(said).not.toContain(Buffer.from(auth.pass).toString("base64"));
    expect(said).toContain("535");
  });

  test("a server that echoes the password does not get it into the result", async () => {
    const token = Buffer.from(`\0${auth.user}\0${auth.pass}`).toString("base64");
    const raw = createServer((socket) => {
      socket.on("error", () => {});
      socket.write("220 x\r\n");
      socket.on("data", (chunk: Buffer) => {
        if (chunk.toString().startsWith("EHLO")) socket.write("250-x\r\n250 AUTH PLAIN\r\n");
        else socket.write(`535 5.7.8 bad ${token} ${auth.pass}\r\n`);
      });
    });
    await new Promise<void>((resolve) => raw.listen(0, "127.0.0.1", resolve));
    closing.push(() => new Promise<void>((resolve) => raw.close(() => resolve())));
    const { port } = raw.address() as { port: number };
    const result = await transport(port, { auth }).handOver(mail());
    expect(result).toMatchObject({ response: "535 5.7.8 bad *** ***" });
  });

  test("a password is not sent readable over a network unless that was said", () => {
    const code = (settings: Partial<SmtpSettings>) => {
      try {
        createSmtpTransport({ host: "mail.example.com", port: 25, tls: "none", ...settings });
        return "made";
      } catch (error) {
        return isHeedError(error) ? error.code : String(error);
      }
    };
    expect(code({ auth })).toBe("smtp_auth_needs_tls");
    expect(code({ auth, authWithoutTls: true })).toBe("made");
    expect(code({ auth, tls: "starttls" })).toBe("made");
    expect(code({ port: 0 })).toBe("smtp_settings_invalid");
    expect(code({ ehloName: "a\r\nb" })).toBe("smtp_settings_invalid");
  });
});

describe("connections", () => {
  test("are used again, and replaced after so many messages", async () => {
    const server = await recording();
    const outbox = transport(server.port, { messagesPerConnection: 4 });
    for (let i = 0; i < 10; i++) expect((await outbox.handOver(mail())).outcome).toBe("accepted");
    expect(server.counts.connections).toBe(3);
    expect(server.counts.resets).toBe(0);
  });

  test("go on after many refusals", async () => {
    const server = await recording();
    const outbox = transport(server.port);
    const warnings: Error[] = [];
    const warned = (warning: Error) => warnings.push(warning);
    process.on("warning", warned);
    server.behave("gone@example.org", { do: "reply", at: "rcpt", reply: "550 5.1.1 gone" });
    for (let i = 0; i < 40; i++) {
      expect(await outbox.handOver(mail("gone@example.org"))).toMatchObject({ code: "5.1.1" });
    }
    expect((await outbox.handOver(mail())).outcome).toBe("accepted");
    await sleep(10);
    process.off("warning", warned);
    expect(warnings).toEqual([]);
    expect(server.counts).toMatchObject({ connections: 1, resets: 40 });
  });

  test("are as many as allowed and no more", async () => {
    const server = await recording();
    const outbox = transport(server.port, { connections: 4 });
    expect(outbox.connections).toBe(4);
    server.behave(null, { do: "delay", delayMs: 10 });
    let most = 0;
    const watch = setInterval(() => {
      most = Math.max(most, server.open);
    }, 2);
    const results = await Promise.all(
      Array.from({ length: 40 }, (_, i) => outbox.handOver(mail(`r${i}@example.org`))),
    );
    clearInterval(watch);
    expect(results.every((result) => result.outcome === "accepted")).toBe(true);
    expect(most).toBe(4);
    expect(server.accepted).toHaveLength(40);
  });

  test("make do with fewer when the server allows fewer", async () => {
    const server = await recording({ maxConnections: 2 });
    const outbox = transport(server.port, { connections: 6, limits: { backOffMs: [20, 100] } });
    expect((await outbox.handOver(mail())).outcome).toBe("accepted");
    server.behave(null, { do: "delay", delayMs: 5 });
    const results = await Promise.all(Array.from({ length: 60 }, () => outbox.handOver(mail())));
    expect(results.every((result) => result.outcome === "accepted")).toBe(true);
  });

  test("that the server ended while unused are replaced without a failure", async () => {
    const server = await recording();
    const outbox = transport(server.port);
    expect((await outbox.handOver(mail("a@example.org"))).outcome).toBe("accepted");
    server.behave(null, { do: "drop", at: "mail", times: 1 }); // just as we begin
    expect((await outbox.handOver(mail("b@example.org"))).outcome).toBe("accepted");
    server.dropAll();
    await sleep(30);
    expect((await outbox.handOver(mail("c@example.org"))).outcome).toBe("accepted");
    expect(server.accepted.map((one) => one.to[0])).toEqual([
      "a@example.org",
      "b@example.org",
      "c@example.org",
    ]);
  });

  test("hang up when unused for a while", async () => {
    const server = await recording();
    const outbox = transport(server.port, { limits: { idleMs: 60 } });
    await outbox.handOver(mail());
    expect(server.open).toBe(1);
    await expect.poll(() => server.open).toBe(0);
    expect((await outbox.handOver(mail())).outcome).toBe("accepted");
  });

  test("wait longer after each failure, and work again when the server is back", async () => {
    const before = await recording();
    const { port } = before;
    await before.close();
    const outbox = transport(port, { limits: { backOffMs: [100, 1_000] } });
    const first = await outbox.handOver(mail());
    expect(first).toMatchObject({ outcome: "temporary", code: "ECONNREFUSED", at: "connection" });
    expect(first).toMatchObject({ response: expect.stringMatching(/ECONNREFUSED/) });
    const again = await outbox.handOver(mail()); // not even tried
    const wait = again.outcome === "temporary" ? (again.retryAfterMs ?? 0) : 0;
    expect(wait).toBeGreaterThan(20);
    expect(wait).toBeLessThanOrEqual(100);
    await sleep(wait + 5);
    const third = await outbox.handOver(mail());
    expect(third.outcome === "temporary" && third.retryAfterMs).toBeGreaterThan(100);
    const back = await recording({ port });
    await sleep(250);
    expect((await outbox.handOver(mail())).outcome).toBe("accepted");
    expect(back.accepted).toHaveLength(1);
  });

  test("close after what is under way, and take nothing more", async () => {
    const server = await recording();
    const outbox = transport(server.port, { connections: 2 });
    server.behave(null, { do: "delay", delayMs: 80 });
    const underWay = [outbox.handOver(mail()), outbox.handOver(mail()), outbox.handOver(mail())];
    await sleep(20);
    await outbox.close();
    expect((await Promise.all(underWay)).map((result) => result.outcome)).toEqual([
      "accepted",
      "accepted",
      "accepted",
    ]);
    expect(await outbox.handOver(mail())).toMatchObject({ outcome: "temporary", code: "closed" });
    await expect.poll(() => server.open).toBe(0);
  });

  test("lost in mid-run are replaced, and nothing is sent twice", async () => {
    const server = await recording();
    const outbox = transport(server.port, { connections: 5, messagesPerConnection: 20 });
    const results = new Map<string, string>();
    const queue = Array.from({ length: 600 }, (_, i) => `r${i}@example.org`);
    let turns = 0;
    const cuts = setInterval(() => server.dropAll(), 15);
    await Promise.all(
      Array.from({ length: 5 }, async () => {
        for (let to = queue.shift(); to !== undefined; to = queue.shift()) {
          if (++turns > 20_000) throw new Error("no progress");
          const one = mail(to, { stillAllowed: () => sleep(turns % 3).then(() => true) });
          const result = await outbox.handOver(one);
          results.set(to, result.outcome);
          if (result.outcome === "temporary") queue.push(to); // as the outbox does
        }
      }),
    );
    clearInterval(cuts);
    const times = new Map<string, number>();
    for (const one of server.accepted)
      times.set(one.to[0] ?? "", (times.get(one.to[0] ?? "") ?? 0) + 1);
    expect([...times.values()].filter((count) => count > 1)).toEqual([]);
    for (const [to, outcome] of results) {
      expect(["accepted", "unknown"]).toContain(outcome);
      if (outcome === "accepted") expect(times.get(to)).toBe(1);
    }
    expect(results.size).toBe(600);
    expect(turns).toBeGreaterThan(600); // some were cut off
    expect(server.counts.abandoned).toBeGreaterThan(0);
  });
});
