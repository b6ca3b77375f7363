import { type ChildProcessByStdio, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { fileURLToPath } from "node:url";
import type { AcceptedMail, SmtpBehaviour, SmtpCounts } from "./smtp-record.ts";

export type Message =
  | { ask: "counts" | "accepted" | "forget" }
  | { ask: "behave"; recipient: string | null; behaviour?: SmtpBehaviour };

export interface ServerProcess {
  readonly port: number;
  counts(): Promise<SmtpCounts>;
  accepted(): Promise<AcceptedMail[]>;
  behave(recipient: string | null, behaviour: SmtpBehaviour | undefined): Promise<void>;
  forget(): Promise<void>;
  close(): Promise<void>;
}

interface Answer {
  port?: number;
  counts: SmtpCounts;
  accepted?: (Omit<AcceptedMail, "data" | "acceptedAt" | "acceptedAtNs"> & {
    data: string;
    acceptedAt: string;
    acceptedAtNs: string;
  })[];
}

/** Starts `recording-smtp-process.ts`: the minimal server, or the real `smtp-server` package. */
export async function startServerProcess(
  options: { kind?: "recording" | "real" } & Record<string, unknown> = {},
): Promise<ServerProcess> {
  const script = fileURLToPath(new URL("./recording-smtp-process.ts", import.meta.url));
  const child: ChildProcessByStdio<Writable, Readable, null> = spawn(
    process.execPath,
    ["--import", "tsx", script, JSON.stringify(options)],
    { stdio: ["pipe", "pipe", "inherit"] },
  );
  const waiting: { resolve: (answer: Answer) => void; reject: (error: Error) => void }[] = [];
  const next = () => new Promise<Answer>((resolve, reject) => waiting.push({ resolve, reject }));
  createInterface({ input: child.stdout }).on("line", (line) => {
    waiting.shift()?.resolve(JSON.parse(line) as Answer);
  });
  const gone = new Promise<void>((resolve) => {
    child.once("exit", () => {
      for (const { reject } of waiting.splice(0))
        reject(new Error("The SMTP server process ended"));
      resolve();
    });
  });
  const ask = (message: Message): Promise<Answer> => {
    const answer = next();
    child.stdin.write(`${JSON.stringify(message)}\n`);
    return answer;
  };
  const { port } = await next();
  if (port === undefined) throw new Error("The SMTP server process named no port");
  return {
    port,
    counts: async () => (await ask({ ask: "counts" })).counts,
    accepted: async () =>
      ((await ask({ ask: "accepted" })).accepted ?? []).map((mail) => ({
        ...mail,
        data: Buffer.from(mail.data, "base64"),
        acceptedAt: new Date(mail.acceptedAt),
        acceptedAtNs: BigInt(mail.acceptedAtNs),
      })),
    behave: async (recipient, behaviour) => {
      await ask({ ask: "behave", recipient, behaviour });
    },
    forget: async () => {
      await ask({ ask: "forget" });
    },
    close: async () => {
      child.stdin.end();
      await gone;
    },
  };
}
