import { parentPort } from "node:worker_threads";
import { messageOf } from "../../../kernel/errors.ts";
import type { Question, Reply } from "./reader.ts";
import { understand } from "./understand.ts";

const port = parentPort;
if (!port) throw new Error("This file is the thread of reader.ts.");

port.on("message", (question: Question) => {
  understand(Buffer.from(question.raw), question).then(
    (understanding) => port.postMessage({ id: question.id, understanding } satisfies Reply),
    (error) => port.postMessage({ id: question.id, problem: messageOf(error) } satisfies Reply),
  );
});
// Rules are compiled at their first use: that is not the first message's fault either.
const sample = "From: a@example.org\r\nSubject: Hello\r\n\r\nPlease call me.\r\n";
await understand(Buffer.from(sample), { phrases: [], receivedAt: new Date() });
port.postMessage("ready");
