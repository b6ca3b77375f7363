import { readFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import type { Readable } from "node:stream";
import { SMTPServer, type SMTPServerAddress, type SMTPServerSession } from "smtp-server";
import type { Database } from "../../../kernel/database/index.ts";
import { HeedError, messageOf } from "../../../kernel/errors.ts";
import { largestMessage, storeMessage } from "../store-message.ts";
import { findRecipient } from "./find-recipient.ts";

export interface MailListener {
  port: number;
  close(): Promise<void>;
}

/** Recipients of one transaction; more are for the next (RFC 5321, 4.5.3.1.8 asks for 100). */
const mostRecipients = 100;

/**
 * Takes mail over SMTP for the addresses that are ours: return paths, reply
 * addresses, and what sending accounts send from. It is accepted (250) after it
 * is committed, so nothing accepted is lost; any other recipient is refused, so
 * it relays nothing.
 */
export async function listenForMail(options: {
  db: Database;
  port: number;
  host?: string;
  /** PEM files for STARTTLS; without them none is offered. */
  tls?: { certFile: string; keyFile: string } | null;
  /** Called after each message that was stored. */
  onStored: () => void;
}): Promise<MailListener> {
  const { db } = options;
  const server = new SMTPServer({
    disabledCommands: options.tls ? ["AUTH"] : ["AUTH", "STARTTLS"],
    hideSTARTTLS: !options.tls,
    ...(options.tls ? readTls(options.tls) : {}),
    authOptional: true,
    size: largestMessage,
    banner: "Heed",
    disableReverseLookup: true,
    socketTimeout: 120_000,
    closeTimeout: 2_000,
    maxClients: 200,
    onRcptTo(address, session, done) {
      accept(db, address, session).then(
        () => done(),
        (error) => done(asReply(db, error)),
      );
    },
    onData(stream, session, done) {
      receive(db, stream, session).then(
        () => {
          done(null, "kept");
          options.onStored();
        },
        (error) => done(asReply(db, error)),
      );
    },
  });
  server.on("error", (error) => db.log.warn({ err: error.message }, "a mail connection failed"));
  await new Promise<void>((listening, failed) => {
    server.once("error", failed);
    server.listen(options.port, options.host ?? "0.0.0.0", () => {
      server.off("error", failed);
      listening();
    });
  }).catch((error) => {
    throw new HeedError(
      "smtp_port_taken",
      `Heed cannot take mail on port ${options.port} (${messageOf(error)}). Free it, or name another in HEED_SMTP_PORT.`,
    );
  });
  return {
    port: (server.server.address() as AddressInfo).port,
    close: () => new Promise((closed) => server.close(() => closed())),
  };
}

function readTls({ certFile, keyFile }: { certFile: string; keyFile: string }) {
  try {
    return { cert: readFileSync(certFile), key: readFileSync(keyFile) };
  } catch (error) {
    throw new HeedError(
      "bad_smtp_tls",
      `The certificate or key of the mail port cannot be read (${messageOf(error)}). Correct HEED_SMTP_CERT and HEED_SMTP_KEY.`,
    );
  }
}

interface Accepted extends SMTPServerSession {
  workspaces?: Map<string, string>;
}

async function accept(
  db: Database,
  { address }: SMTPServerAddress,
  session: Accepted,
): Promise<void> {
  // The session forgets its recipients with each transaction, and so do we.
  if (session.envelope.rcptTo.length === 0) session.workspaces = new Map();
  session.workspaces ??= new Map();
  if (session.workspaces.size >= mostRecipients) throw refusal(452, "too many recipients");
  const workspaceId = await findRecipient(db, address);
  if (!workspaceId) throw refusal(550, "5.1.1 there is no such address here");
  session.workspaces.set(address, workspaceId);
}

async function receive(db: Database, stream: Readable, session: Accepted): Promise<void> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of stream as AsyncIterable<Buffer>) {
    size += piece.length;
    // Read to its end all the same: the answer comes after the final dot.
    if (size <= largestMessage) pieces.push(piece);
  }
  if (size > largestMessage) throw refusal(552, "5.3.4 the message is too large");
  const raw = Buffer.concat(pieces);
  const envelopeFrom = session.envelope.mailFrom ? session.envelope.mailFrom.address : "";
  for (const { address } of session.envelope.rcptTo) {
    const workspaceId = session.workspaces?.get(address);
    if (!workspaceId) continue;
    await db.inWorkspace(workspaceId, (tx) =>
      storeMessage(tx, { source: "smtp", raw, envelopeFrom, envelopeTo: address }),
    );
  }
}

function refusal(responseCode: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode });
}

/** What the other server is told: our refusals as they are, any fault of ours as "try again". */
function asReply(db: Database, error: unknown): Error {
  if (error instanceof Error && "responseCode" in error) return error;
  db.log.error({ err: messageOf(error) }, "mail could not be kept and was not accepted");
  return refusal(451, "4.3.0 it could not be kept; try again");
}
