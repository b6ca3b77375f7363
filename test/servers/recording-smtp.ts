import type { AddressInfo } from "node:net";
import { createServer, type Server, type Socket } from "node:net";
import {
  type AcceptedMail,
  Behaviours,
  noCounts,
  type SmtpBehaviour,
  type SmtpCounts,
  type SmtpRecord,
  type SmtpStage,
} from "./smtp-record.ts";

/**
 * A minimal, fast SMTP server that records what it accepts, for tests and benches. It
 * trusts its client: no TLS, no AUTH, no limits. Use smtp-server.ts for a real one.
 */

export interface RecordingOptions {
  port?: number;
  /** EHLO keywords. Default PIPELINING, 8BITMIME, SMTPUTF8, SIZE, ENHANCEDSTATUSCODES. */
  extensions?: string[];
  /** False keeps counts only. Default true. */
  keep?: boolean;
  /** More connections than this at once are refused with 421. */
  maxConnections?: number;
}

const EXTENSIONS = ["PIPELINING", "8BITMIME", "SMTPUTF8", "SIZE 52428800", "ENHANCEDSTATUSCODES"];

export async function startRecordingSmtp(options: RecordingOptions = {}): Promise<RecordingSmtp> {
  const recording = new RecordingSmtp(options);
  await recording.listen(options.port ?? 0);
  return recording;
}

export class RecordingSmtp implements SmtpRecord {
  readonly accepted: AcceptedMail[] = [];
  readonly counts: SmtpCounts = noCounts();
  readonly behaviours = new Behaviours();
  readonly ehlo: string;
  readonly keep: boolean;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  port = 0;

  constructor(options: RecordingOptions) {
    const lines = ["recording.test", ...(options.extensions ?? EXTENSIONS)];
    this.ehlo = lines
      .map((line, i) => `250${i === lines.length - 1 ? " " : "-"}${line}\r\n`)
      .join("");
    this.keep = options.keep ?? true;
    this.#server = createServer({ noDelay: true }, (socket) => {
      this.counts.connections++;
      this.#sockets.add(socket);
      socket.on("close", () => this.#sockets.delete(socket));
      if (this.#sockets.size > (options.maxConnections ?? Infinity)) {
        socket.on("error", () => {});
        socket.end("421 4.7.0 too many connections\r\n");
        return;
      }
      new Conversation(this, socket);
    });
  }

  async listen(port: number): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(port, "127.0.0.1", resolve));
    this.port = (this.#server.address() as AddressInfo).port;
  }

  behave(recipient: string | null, behaviour: SmtpBehaviour | undefined): void {
    this.behaviours.set(recipient, behaviour);
  }

  forget(): void {
    this.accepted.length = 0;
    Object.assign(this.counts, noCounts());
  }

  /** Ends every connection as a power cut would, and goes on listening. */
  dropAll(): void {
    for (const socket of this.#sockets) socket.resetAndDestroy();
  }

  get open(): number {
    return this.#sockets.size;
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }
}

const END = Buffer.from("\r\n.\r\n");
const NOTHING = Buffer.alloc(0);

class Conversation {
  #rest: Buffer = NOTHING;
  /** The body so far, while one is being received. */
  #body: Buffer[] | null = null;
  #tail = "\r\n";
  #from: string | null = null;
  #to: string[] = [];
  #deaf = false;
  readonly #recording: RecordingSmtp;
  readonly #socket: Socket;

  constructor(recording: RecordingSmtp, socket: Socket) {
    this.#recording = recording;
    this.#socket = socket;
    socket.on("error", () => {});
    socket.on("close", () => {
      if (this.#body) recording.counts.abandoned++;
    });
    socket.on("data", (chunk: Buffer) => {
      socket.cork(); // one write for the answers to a pipelined envelope
      this.#take(chunk);
      socket.uncork();
    });
    this.#act(recording.behaviours.at("connect", []), "220 recording.test ESMTP\r\n");
  }

  #take(chunk: Buffer): void {
    let input: Buffer = chunk;
    while (input.length > 0 && !this.#deaf) {
      if (this.#body) {
        const after = this.#takeBody(input);
        if (after === null) return;
        input = after;
        continue;
      }
      if (this.#rest.length > 0) {
        input = Buffer.concat([this.#rest, input]);
        this.#rest = NOTHING;
      }
      const end = input.indexOf(10);
      if (end === -1) {
        this.#rest = input;
        return;
      }
      const line = input.toString("utf8", 0, end > 0 && input[end - 1] === 13 ? end - 1 : end);
      input = input.subarray(end + 1);
      this.#command(line);
    }
  }

  /** Null while the body goes on; else what follows it. */
  #takeBody(input: Buffer): Buffer | null {
    const body = this.#body as Buffer[]; // asked by the caller
    // the end may lie across pieces, and the line end before the dot in an earlier one
    const before = this.#tail;
    const seam = Buffer.concat([Buffer.from(before, "latin1"), input.subarray(0, 4)]).indexOf(END);
    const inside = seam === -1 ? input.indexOf(END) : seam - before.length;
    if (inside === -1) {
      body.push(input);
      this.#tail = (before + input.toString("latin1", Math.max(0, input.length - 4))).slice(-4);
      const behaviour = this.#recording.behaviours.at("body", this.#to);
      if (behaviour) {
        this.#act(behaviour, "");
        this.#deaf = true; // whatever follows is neither body nor command
      }
      return null;
    }
    body.push(input.subarray(0, Math.max(0, inside + 2)));
    this.#body = null;
    this.#tail = "\r\n";
    this.#endOfData(body, inside);
    return input.subarray(inside + END.length);
  }

  #endOfData(pieces: Buffer[], inside: number): void {
    const { behaviours } = this.#recording;
    const behaviour = behaviours.at("dot", this.#to);
    if (
      behaviour === undefined ||
      behaviour.do === "delay" ||
      ("records" in behaviour && behaviour.records)
    ) {
      const whole = pieces.length === 1 ? (pieces[0] as Buffer) : Buffer.concat(pieces);
      this.#record(inside + 2 < 0 ? whole.subarray(0, whole.length + inside + 2) : whole);
    }
    this.#from = null;
    this.#to = [];
    const reply = `250 2.0.0 Ok: queued as R${this.#recording.counts.accepted}\r\n`;
    if (behaviour?.do === "delay") setTimeout(() => this.#socket.write(reply), behaviour.delayMs);
    else this.#act(behaviour, reply);
  }

  #record(stuffed: Buffer): void {
    const { counts, accepted, keep } = this.#recording;
    counts.accepted++;
    if (!keep) return;
    accepted.push({
      from: this.#from ?? "",
      to: this.#to,
      data: unstuffed(stuffed),
      acceptedAt: new Date(),
      acceptedAtNs: process.hrtime.bigint(),
    });
  }

  #command(line: string): void {
    const reply = this.#replyTo(line);
    if (reply !== null) this.#socket.write(reply, "latin1");
  }

  /** Null where a behaviour has answered, or not. */
  #replyTo(line: string): string | null {
    const { counts, ehlo } = this.#recording;
    switch (line.slice(0, 4).toUpperCase()) {
      case "EHLO":
        return ehlo;
      case "HELO":
        return "250 recording.test\r\n";
      case "MAIL": {
        if (this.#from !== null) return "503 5.5.1 nested MAIL command\r\n";
        if (this.#behaves("mail", [])) return null;
        this.#from = path(line);
        counts.transactions++;
        return "250 2.1.0 Ok\r\n";
      }
      case "RCPT": {
        if (this.#from === null) return "503 5.5.1 MAIL first\r\n";
        const to = path(line);
        if (this.#behaves("rcpt", [to])) return null;
        this.#to.push(to);
        return "250 2.1.5 Ok\r\n";
      }
      case "DATA":
        if (this.#to.length === 0) return "554 5.5.1 no valid recipients\r\n";
        if (this.#behaves("data", this.#to)) return null;
        this.#body = [];
        return "354 go ahead\r\n";
      case "RSET":
        counts.resets++;
        this.#from = null;
        this.#to = [];
        return "250 2.0.0 Ok\r\n";
      case "NOOP":
        return "250 2.0.0 Ok\r\n";
      case "QUIT":
        this.#socket.end("221 2.0.0 Bye\r\n");
        this.#deaf = true;
        return null;
      default:
        return "502 5.5.2 not implemented\r\n";
    }
  }

  /** Does what was asked for at this point, if anything. */
  #behaves(stage: SmtpStage, recipients: readonly string[]): boolean {
    const behaviour = this.#recording.behaviours.at(stage, recipients);
    if (behaviour) this.#act(behaviour, "");
    return behaviour !== undefined;
  }

  #act(behaviour: SmtpBehaviour | undefined, usual: string): void {
    if (behaviour === undefined || behaviour.do === "delay") this.#socket.write(usual, "latin1");
    else if (behaviour.do === "reply") this.#socket.write(`${behaviour.reply}\r\n`, "latin1");
    else {
      this.#deaf = true;
      if (behaviour.do === "drop") this.#socket.destroy();
    }
  }
}

function path(line: string): string {
  return line.slice(line.indexOf("<") + 1, line.indexOf(">"));
}

function unstuffed(data: Buffer): Buffer {
  if (data[0] !== 46 && data.indexOf("\r\n.") === -1) return Buffer.from(data);
  return Buffer.from(data.toString("latin1").replace(/(^|\r\n)\./g, "$1"), "latin1");
}
