import type { Database } from "../../../src/kernel/database/index.ts";
import {
  type Composer,
  type Sender,
  startSender,
  type Transport,
} from "../../../src/modules/sending/index.ts";
import type { SmtpSettings } from "../../../src/providers/smtp/settings.ts";
import { createSmtpTransport } from "../../../src/providers/smtp/transport.ts";

/** Writes the same short letter to everybody. */
export const trivialComposer: Composer = {
  prepare: async () => (message, links) => ({
    subject: `Message ${message.id}`,
    text: `Hello.\n${links.unsubscribeUrl}\n`,
  }),
};

export interface WorkerOptions {
  workerId: string;
  composer?: Composer;
  limits?: SmtpSettings["limits"];
  /** Puts something between the sender and the wire. */
  wrap?: (transport: Transport) => Transport;
}

/** The real sender on the real SMTP transport. */
export function startWorker(db: Database, options: WorkerOptions): Sender {
  return startSender({
    db,
    workerId: options.workerId,
    composer: options.composer ?? trivialComposer,
    publicUrl: "https://heed.example",
    pollMs: 10,
    openTransport: (account) => {
      const transport = createSmtpTransport({
        host: account.host as string,
        port: account.port as number,
        tls: "none",
        connections: account.connections,
        ...(options.limits ? { limits: options.limits } : {}),
      });
      return options.wrap ? options.wrap(transport) : transport;
    },
  });
}
