import { startRecordingSmtp } from "./recording-smtp.ts";
import type { Message } from "./server-process.ts";
import { startRealSmtp } from "./smtp-server.ts";

/**
 * A server in a process of its own. Its one argument is JSON: `{"kind":"recording"|"real",
 * …options}`. Prints `{"port":N}`; then answers each line of JSON on its input with one.
 * Ends when its input does, so it never outlives who started it.
 */
async function main(): Promise<void> {
  const { kind, ...options } = JSON.parse(process.argv[2] ?? "{}") as { kind?: string };
  const server = kind === "real" ? await startRealSmtp(options) : await startRecordingSmtp(options);
  const answer = (value: unknown) => process.stdout.write(`${JSON.stringify(value)}\n`);
  answer({ port: server.port });
  let input = "";
  process.stdin.setEncoding("utf8").on("data", (chunk: string) => {
    const lines = (input + chunk).split("\n");
    input = lines.pop() ?? "";
    for (const line of lines) {
      const message = JSON.parse(line) as Message;
      if (message.ask === "behave") server.behave(message.recipient, message.behaviour);
      if (message.ask === "forget") server.forget();
      if (message.ask === "accepted") {
        const accepted = server.accepted.map((mail) => ({
          ...mail,
          data: mail.data.toString("base64"),
          acceptedAtNs: String(mail.acceptedAtNs),
        }));
        answer({ counts: server.counts, accepted });
      } else answer({ counts: server.counts });
    }
  });
  process.stdin.on("end", () => process.exit(0));
}

void main();
