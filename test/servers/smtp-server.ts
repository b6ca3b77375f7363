import type { AddressInfo, Socket } from "node:net";
import { SMTPServer, type SMTPServerOptions, type SMTPServerSession } from "smtp-server";
import {
  type AcceptedMail,
  Behaviours,
  noCounts,
  type SmtpBehaviour,
  type SmtpRecord,
  type SmtpStage,
} from "./smtp-record.ts";

/**
 * The real `smtp-server` package, with TLS and AUTH, behind the same record as the
 * minimal server. Its certificate is the package's own: for tests only.
 */

export interface RealOptions {
  port?: number;
  /** `none` offers no STARTTLS. Default `starttls`. */
  tls?: "none" | "starttls" | "implicit";
  /** Demands AUTH with these. */
  auth?: { user: string; pass: string };
  size?: number;
  keep?: boolean;
}

export interface RealSmtp extends SmtpRecord {
  /** Whether the connection of the latest accepted message was encrypted, and who had logged in. */
  readonly latest: { secure: boolean; user: string | null };
}

class Refusal extends Error {
  readonly responseCode: number;
  constructor(reply: string) {
    super(reply.slice(4));
    this.responseCode = Number(reply.slice(0, 3));
  }
}

export async function startRealSmtp(options: RealOptions = {}): Promise<RealSmtp> {
  const accepted: AcceptedMail[] = [];
  const counts = noCounts();
  const behaviours = new Behaviours();
  const latest: { secure: boolean; user: string | null } = { secure: false, user: null };
  const mode = options.tls ?? "starttls";

  /** Does what is asked for here; false when nothing is. */
  const acts = (
    stage: SmtpStage,
    session: SMTPServerSession,
    recipients: string[],
    answer: (error?: Error | null) => void,
  ): boolean => {
    const behaviour = behaviours.at(stage, recipients);
    if (!behaviour) return false;
    if (behaviour.do === "reply") answer(new Refusal(behaviour.reply));
    if (behaviour.do === "drop") hangUp(session);
    if (behaviour.do === "delay") setTimeout(answer, behaviour.delayMs);
    return true;
  };
  const hangUp = (session: SMTPServerSession) => {
    for (const connection of server.connections as Set<{ id: string; _socket?: Socket }>) {
      if (connection.id === session.id) connection._socket?.destroy();
    }
  };

  const settings: SMTPServerOptions & { rejectOversized?: boolean } = {
    logger: false,
    secure: mode === "implicit",
    disabledCommands: [
      ...(mode === "starttls" ? [] : ["STARTTLS"]),
      ...(options.auth ? [] : ["AUTH"]),
    ],
    authOptional: !options.auth,
    allowInsecureAuth: mode === "none",
    disableReverseLookup: true,
    ...(options.size ? { size: options.size, rejectOversized: true } : {}),
    closeTimeout: 100,
    onConnect(session, done) {
      counts.connections++;
      if (!acts("connect", session, [], done)) done();
    },
    onAuth(auth, _session, done) {
      const right = auth.username === options.auth?.user && auth.password === options.auth?.pass;
      if (right) done(null, { user: auth.username });
      else done(new Error("5.7.8 wrong user name or password"));
    },
    onMailFrom(_address, session, done) {
      counts.transactions++;
      if (!acts("mail", session, [], done)) done();
    },
    onRcptTo(address, session, done) {
      if (!acts("rcpt", session, [address.address], done)) done();
    },
    onData(stream, session, done) {
      const pieces: Buffer[] = [];
      const to = session.envelope.rcptTo.map((recipient) => recipient.address);
      let ended = false;
      stream.on("data", (piece: Buffer) => pieces.push(piece));
      stream.on("error", () => {});
      stream.on("close", () => {
        if (!ended) counts.abandoned++;
      });
      stream.on("end", () => {
        ended = true;
        const behaviour = behaviours.at("dot", to);
        if (
          !behaviour ||
          behaviour.do === "delay" ||
          ("records" in behaviour && behaviour.records)
        ) {
          counts.accepted++;
          latest.secure = session.secure;
          latest.user = (session.user as unknown as string | undefined) ?? null;
          const from = session.envelope.mailFrom;
          const mail = {
            from: from ? from.address : "",
            to,
            data: Buffer.concat(pieces),
            acceptedAt: new Date(),
            acceptedAtNs: process.hrtime.bigint(),
          };
          if (options.keep ?? true) accepted.push(mail);
        }
        if (behaviour?.do === "reply") return done(new Refusal(behaviour.reply));
        if (behaviour?.do === "drop") return hangUp(session);
        if (behaviour?.do === "hang") return;
        if (behaviour?.do === "delay") return void setTimeout(done, behaviour.delayMs);
        done();
      });
    },
  };
  const server = new SMTPServer(settings);
  server.on("error", () => {});
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, "127.0.0.1", resolve));
  const port = (server.server.address() as AddressInfo).port;
  return {
    port,
    accepted,
    counts,
    latest,
    behave: (recipient: string | null, behaviour: SmtpBehaviour | undefined) =>
      behaviours.set(recipient, behaviour),
    forget: () => {
      accepted.length = 0;
      Object.assign(counts, noCounts());
    },
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}
