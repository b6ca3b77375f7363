import { generateKeyPairSync } from "node:crypto";
import { connect } from "node:net";
import { cpus } from "node:os";
import { createTransport } from "nodemailer";
import { compileMail } from "../src/modules/sending/mime/compile.ts";
import { signDkim } from "../src/modules/sending/mime/dkim.ts";
import { type DkimKey, parseDkimKey } from "../src/modules/sending/mime/dkim-key.ts";
import { createSmtpTransport } from "../src/providers/smtp/transport.ts";
import { startServerProcess } from "../test/servers/server-process.ts";

/**
 * How many mails a second one Node process builds and hands over to a minimal server
 * in another process. Ways alternate within each round of one run; figures are
 * medians. `node --import tsx bench/smtp-wire.ts [messages] [rounds] [connections]`
 */

const MESSAGES = Number(process.argv[2] ?? 4000);
const ROUNDS = Number(process.argv[3] ?? 5);
const CONNECTIONS = Number(process.argv[4] ?? 10);

const paragraph =
  "<p>Thank you for being with us this year, Müller family. The new opening hours are below.</p>\n";
const html = `<html><body>\n${paragraph.repeat(14)}</body></html>\n`;
const text = `${"Thank you for being with us this year. The new opening hours are below.\n".repeat(8)}`;
const subject = "Our opening hours – spring and summer";
const unsubscribe = {
  url: "https://mail.example.com/u/0123456789abcdef0123456789",
  mailto: "u+0123456789abcdef@example.com",
};

type Way = (messages: number) => Promise<void>;

/** Runs `one` so often, so many at a time. */
async function inParallel(messages: number, width: number, one: (i: number) => Promise<void>) {
  let next = 0;
  await Promise.all(
    Array.from({ length: width }, async () => {
      while (next < messages) await one(next++);
    }),
  );
}

function heed(port: number, key?: DkimKey): Way {
  const compiled = compileMail({
    from: { name: "Example Library", address: "library@example.com" },
  });
  return async (messages) => {
    const transport = createSmtpTransport({
      host: "127.0.0.1",
      port,
      tls: "none",
      connections: CONNECTIONS,
    });
    await inParallel(messages, CONNECTIONS, async (i) => {
      const to = `reader${i}@example.org`;
      const built = compiled({
        messageId: `${i}.${Date.now()}@example.com`,
        date: new Date(),
        to,
        toName: "Ada Lovelace",
        subject,
        html,
        text,
        listUnsubscribe: unsubscribe,
      });
      const message = key ? await signDkim(built, key) : built;
      const envelope = { from: "bounce@example.com", to };
      const result = await transport.handOver({
        envelope,
        message,
        stillAllowed: async () => true,
      });
      if (result.outcome !== "accepted") throw new Error(JSON.stringify(result));
    });
    await transport.close();
  };
}

function nodemailer(port: number, pem?: string): Way {
  return async (messages) => {
    const transport = createTransport({
      host: "127.0.0.1",
      port,
      secure: false,
      ignoreTLS: true,
      pool: true,
      maxConnections: CONNECTIONS,
      maxMessages: 100,
      ...(pem ? { dkim: { domainName: "example.com", keySelector: "s", privateKey: pem } } : {}),
    });
    await inParallel(messages, CONNECTIONS, async (i) => {
      await transport.sendMail({
        from: { name: "Example Library", address: "library@example.com" },
        to: { name: "Ada Lovelace", address: `reader${i}@example.org` },
        subject,
        html,
        text,
        headers: {
          "List-Unsubscribe": `<${unsubscribe.url}>, <mailto:${unsubscribe.mailto}>`,
          "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
        envelope: { from: "bounce@example.com", to: `reader${i}@example.org` },
      });
    });
    transport.close();
  };
}

/** No library: canned bytes, pipelined, one write for the envelope and one for the rest. */
function bare(port: number): Way {
  const build = compileMail({ from: { name: "Example Library", address: "library@example.com" } });
  const message = build({
    messageId: "canned@example.com",
    date: new Date(),
    to: "reader@example.org",
    toName: "Ada Lovelace",
    subject,
    html,
    text,
    listUnsubscribe: unsubscribe,
  });
  const envelope = Buffer.from(
    "MAIL FROM:<bounce@example.com>\r\nRCPT TO:<reader@example.org>\r\nDATA\r\n",
  );
  const data = Buffer.concat([message, Buffer.from(".\r\n")]);
  return async (messages) => {
    let next = 0;
    const one = () =>
      new Promise<void>((resolve, reject) => {
        const socket = connect({ host: "127.0.0.1", port, noDelay: true });
        let seen = "";
        socket.on("error", reject);
        socket.on("close", () => resolve());
        const begin = () => {
          if (next++ < messages) socket.write(envelope);
          else socket.end("QUIT\r\n");
        };
        socket.on("data", (chunk: Buffer) => {
          seen += chunk.toString("latin1");
          if (!seen.endsWith("\r\n")) return;
          if (seen.startsWith("220")) socket.write("EHLO bench.test\r\n");
          else if (seen.includes("354 ")) socket.write(data);
          else if (seen.startsWith("250-") || seen.includes("queued")) begin();
          else if (!seen.startsWith("221")) return;
          seen = "";
        });
      });
    await Promise.all(Array.from({ length: CONNECTIONS }, one));
  };
}

async function main(): Promise<void> {
  const server = await startServerProcess({ keep: false });
  const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
  const pem = rsa.export({ type: "pkcs8", format: "pem" }) as string; // PEM is a string
  const ed = generateKeyPairSync("ed25519").privateKey.export({
    type: "pkcs8",
    format: "pem",
  }) as string;
  const key = (privateKey: string) =>
    parseDkimKey({ domain: "example.com", selector: "s", privateKey });
  const ways: Record<string, Way> = {
    "nodemailer sendMail, pool": nodemailer(server.port),
    "Heed compile + hand-over": heed(server.port),
    "bare client, canned": bare(server.port),
    "nodemailer, DKIM RSA-2048": nodemailer(server.port, pem),
    "Heed, DKIM RSA-2048": heed(server.port, key(pem)),
    "Heed, DKIM Ed25519": heed(server.port, key(ed)),
  };
  const rates: Record<string, number[]> = {};
  for (let round = -1; round < ROUNDS; round++) {
    for (const [name, way] of Object.entries(ways)) {
      const messages = round < 0 ? Math.ceil(MESSAGES / 4) : MESSAGES; // the first round warms up
      const before = (await server.counts()).accepted;
      const start = performance.now();
      await way(messages);
      const seconds = (performance.now() - start) / 1000;
      const accepted = (await server.counts()).accepted - before;
      if (accepted !== messages) throw new Error(`${name}: ${accepted} of ${messages} accepted`);
      if (round >= 0) rates[name] = [...(rates[name] ?? []), messages / seconds];
    }
  }
  await server.close();
  const sample = compileMail({ from: { name: "Example Library", address: "library@example.com" } })(
    {
      messageId: "x@example.com",
      date: new Date(),
      to: "reader@example.org",
      toName: "Ada Lovelace",
      subject,
      html,
      text,
      listUnsubscribe: unsubscribe,
    },
  );
  console.log(
    `${MESSAGES} messages of ${sample.length} bytes, ${CONNECTIONS} connections, ${ROUNDS} rounds, ${cpus().length} cores, Node ${process.versions.node}\n`,
  );
  const middle: Record<string, number> = {};
  for (const [name, list] of Object.entries(rates)) {
    const sorted = [...list].sort((a, b) => a - b);
    middle[name] = sorted[Math.floor(sorted.length / 2)] ?? 0;
    const range = `${Math.round(sorted[0] ?? 0)} to ${Math.round(sorted[sorted.length - 1] ?? 0)}`;
    console.log(
      `${name.padEnd(28)}${String(Math.round(middle[name] ?? 0)).padStart(8)}/s   (${range})`,
    );
  }
  const ratio = (a: string, b: string) => ((middle[a] ?? 0) / (middle[b] ?? 1)).toFixed(2);
  console.log(
    `\nratio Heed / nodemailer, no DKIM: ${ratio("Heed compile + hand-over", "nodemailer sendMail, pool")}`,
  );
  console.log(
    `ratio Heed / nodemailer, DKIM RSA-2048: ${ratio("Heed, DKIM RSA-2048", "nodemailer, DKIM RSA-2048")}`,
  );
  console.log(
    `ratio Heed / bare client: ${ratio("Heed compile + hand-over", "bare client, canned")}`,
  );
  console.log(
    `ratio Heed Ed25519 / RSA-2048: ${ratio("Heed, DKIM Ed25519", "Heed, DKIM RSA-2048")}`,
  );
}

void main();
