/**
 * Sending end to end (claim, gate, render, MIME, SMTP, record) to a minimal
 * recording server in another process, against nodemailer's pooled sendMail with
 * the same mail over as many connections, and a bare client that writes canned
 * messages; in alternating rounds of one run, DKIM off and on.
 *
 *   node --import tsx bench/sending.ts [messages = 8000] [rounds = 3] [connections = 10] [unsigned]
 */
import { generateKeyPairSync } from "node:crypto";
import { sql } from "kysely";
import nodemailer from "nodemailer";
import { newId } from "../src/kernel/ids.ts";
import { composer } from "../src/modules/campaigns/index.ts";
import { startSender } from "../src/modules/sending/index.ts";
import { createSmtpTransport } from "../src/providers/smtp/transport.ts";
import { startServerProcess } from "../test/servers/server-process.ts";
import { queueForEverybody } from "./support/campaign.ts";
import { cpuSeconds } from "./support/cpu.ts";
import { fillContacts, openBench } from "./support/database.ts";
import { line, median, perSecond, timed } from "./support/measure.ts";

const messages = Number(process.argv[2] ?? 8_000);
const rounds = Number(process.argv[3] ?? 3);
const connections = Number(process.argv[4] ?? 10);
const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const pem = privateKey.export({ type: "pkcs8", format: "pem" }).toString();

const bench = await openBench();
const server = await startServerProcess({ keep: false });
const listId = await fillContacts(bench, messages);

async function account(name: string, dkim: boolean): Promise<string> {
  const id = newId();
  await bench.db.inWorkspace(bench.workspaceId, (tx) =>
    sql`
      INSERT INTO sending_account (workspace_id, id, name, provider, from_name, from_address, host, port, security, connections, dkim_domain, dkim_selector, dkim_key_sealed)
      VALUES (${tx.workspaceId}, ${id}, ${name}, 'smtp', 'Ada Byron', 'ada@sender.example', '127.0.0.1', ${server.port}, 'none', ${connections},
              ${dkim ? "sender.example" : null}, ${dkim ? "s1" : null}, ${dkim ? tx.secrets.seal(pem) : null})`.execute(
      tx,
    ),
  );
  return id;
}

/** Sends the campaign to everybody; returns messages a second from the first claim to the last record. */
async function heed(name: string, dkim: boolean): Promise<number> {
  const accountId = await account(name, dkim);
  const campaignId = await queueForEverybody(bench, { accountId, listId, name });
  const before = await cpuSeconds(bench);
  const elapsed = await timed(async () => {
    const sender = startSender({
      db: bench.db,
      workerId: newId(),
      composer,
      openTransport: (each) =>
        createSmtpTransport({
          host: "127.0.0.1",
          port: server.port,
          tls: "none",
          connections: each.connections,
        }),
      publicUrl: "https://heed.example",
    });
    for (;;) {
      const left = await bench.db.inWorkspace(bench.workspaceId, (tx) =>
        sql<{
          n: number;
        }>`SELECT count(*) AS n FROM message WHERE campaign_id = ${campaignId} AND open`.execute(
          tx,
        ),
      );
      if (left.rows[0]?.n === 0) break;
      await new Promise((wake) => setTimeout(wake, 100));
    }
    await sender.stop();
  });
  const after = await cpuSeconds(bench);
  const each = (seconds: number) => `${((seconds / messages) * 1e6).toFixed(0)} µs`;
  line(
    "  processor time a message",
    `Heed ${each(after.heed - before.heed)}, PostgreSQL ${each(after.postgres - before.postgres)}`,
  );
  const sent = await bench.db.inWorkspace(bench.workspaceId, (tx) =>
    sql<{
      n: number;
    }>`SELECT count(*) AS n FROM message WHERE campaign_id = ${campaignId} AND state = 'accepted'`.execute(
      tx,
    ),
  );
  if (sent.rows[0]?.n !== messages)
    throw new Error(`${sent.rows[0]?.n} of ${messages} were accepted`);
  return (messages / elapsed) * 1000;
}

const text = `Hello ada,\n\n${"Our customers tell us that the months before the season decide most of it, and that a short talk early saves a long one later. ".repeat(15)}\n\nNo more mail from us: https://heed.example/u/${"x".repeat(96)}`;

async function pooled(dkim: boolean): Promise<number> {
  const transport = nodemailer.createTransport({
    host: "127.0.0.1",
    port: server.port,
    pool: true,
    maxConnections: connections,
    maxMessages: Number.POSITIVE_INFINITY,
    secure: false,
    ignoreTLS: true,
    ...(dkim ? { dkim: { domainName: "sender.example", keySelector: "s1", privateKey: pem } } : {}),
  });
  const elapsed = await timed(() =>
    Promise.all(
      Array.from({ length: messages }, (_, index) =>
        transport.sendMail({
          from: { name: "Ada Byron", address: "ada@sender.example" },
          to: `ada${index}@example${index % 3000}.org`,
          subject: `A word about next year, ada`,
          text,
          headers: {
            "List-Unsubscribe": `<https://heed.example/u/${"x".repeat(96)}>`,
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
          },
        }),
      ),
    ),
  );
  transport.close();
  return (messages / elapsed) * 1000;
}

for (const dkim of process.argv[5] === "unsigned" ? [false] : [false, true]) {
  const ours: number[] = [];
  const theirs: number[] = [];
  for (let round = 0; round < rounds; round++) {
    theirs.push(await pooled(dkim));
    ours.push(await heed(`round ${round}${dkim ? " signed" : ""}`, dkim));
  }
  const label = dkim ? "DKIM RSA-2048" : "no DKIM";
  line(`nodemailer pooled sendMail, ${label}, median`, perSecond(median(theirs)));
  line(
    `Heed end to end, ${label}, median (min to max)`,
    `${perSecond(median(ours))} (${perSecond(Math.min(...ours))} to ${perSecond(Math.max(...ours))})`,
  );
  line("ratio (at least 2)", (median(ours) / median(theirs)).toFixed(2));
}
await server.close();
await bench.close();
