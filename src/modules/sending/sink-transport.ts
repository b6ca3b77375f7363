import type { Database } from "../../kernel/database/index.ts";
import { newId } from "../../kernel/ids.ts";
import type { Channel } from "../contacts/index.ts";
import { insertSinkMessage } from "./sink-queries.ts";
import type { Envelope, Transport } from "./transport.ts";

/** The embedded sink: keeps each message instead of sending it, so that nothing leaves by accident. */
export function createSinkTransport(
  db: Database,
  workspaceId: string,
  channel: Channel = "email",
): Transport {
  return {
    connections: 5,
    async handOver({ envelope, message, stillAllowed }) {
      if (!(await stillAllowed())) return { outcome: "withdrawn" };
      const id = newId();
      await db.inWorkspace(workspaceId, (tx) =>
        insertSinkMessage(tx, {
          id,
          from: envelope.from,
          to: envelope.to,
          raw: channel === "email" ? message : asMail(channel, envelope, message),
        }),
      );
      return { outcome: "accepted", providerId: id, response: "kept in the sink" };
    },
    async close() {},
  };
}

const names = { email: "Mail", sms: "SMS", whatsapp: "WhatsApp message", call: "Call" } as const;

/** A text as a small mail, so that the sink shows it beside the others. */
function asMail(channel: Channel, envelope: Envelope, text: Buffer): Buffer {
  const head = `From: ${envelope.from}\r\nTo: ${envelope.to}\r\nSubject: ${names[channel]} to ${envelope.to}\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n`;
  return Buffer.concat([Buffer.from(head), text]);
}
