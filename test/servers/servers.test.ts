import { connect } from "node:net";
import fc from "fast-check";
import { expect, test } from "vitest";
import { createSmtpTransport } from "../../src/providers/smtp/transport.ts";
import { startRecordingSmtp } from "./recording-smtp.ts";
import { startServerProcess } from "./server-process.ts";

test("the minimal server records the same bodies however the bytes arrive", async () => {
  const server = await startRecordingSmtp();
  const line = fc.constantFrom("", ".", "..", "a", ".b", "\r", "longer line");
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(line, { maxLength: 5 }), { minLength: 1, maxLength: 3 }),
      fc.infiniteStream(fc.integer({ min: 1, max: 40 })),
      async (mails, sizes) => {
        server.forget();
        const bodies = mails.map((lines) => lines.map((one) => `${one}\r\n`).join(""));
        const wire = bodies.map(
          (body) =>
            `MAIL FROM:<a@b.example>\r\nRCPT TO:<c@d.example>\r\nDATA\r\n${body.replace(/(^|\r\n)\./g, "$1..")}.\r\n`,
        );
        const bytes = Buffer.from(`EHLO x\r\n${wire.join("")}QUIT\r\n`);
        const socket = connect({ port: server.port, host: "127.0.0.1", noDelay: true });
        socket.resume();
        const closed = new Promise((resolve) => socket.once("close", resolve));
        for (let at = 0; at < bytes.length; ) {
          const piece = bytes.subarray(at, at + (sizes.next().value ?? 1));
          at += piece.length;
          await new Promise((resolve) => socket.write(piece, resolve));
        }
        await closed;
        expect(server.accepted.map((mail) => mail.data.toString())).toEqual(bodies);
      },
    ),
    { numRuns: 80 },
  );
  await server.close();
});

test.each(["recording", "real"] as const)("a %s server runs in its own process", async (kind) => {
  const server = await startServerProcess({ kind, tls: "none" });
  const outbox = createSmtpTransport({ host: "127.0.0.1", port: server.port, tls: "none" });
  const message = Buffer.from("Subject: x\r\n\r\n.y\r\n");
  const handOver = (to: string) =>
    outbox.handOver({
      envelope: { from: "a@example.com", to },
      message,
      stillAllowed: async () => true,
    });
  await server.behave("gone@example.org", { do: "reply", at: "rcpt", reply: "550 5.1.1 gone" });
  expect(await handOver("gone@example.org")).toMatchObject({ outcome: "permanent" });
  const before = process.hrtime.bigint();
  expect(await handOver("here@example.org")).toMatchObject({ outcome: "accepted" });
  const [mail, ...others] = await server.accepted();
  expect(others).toEqual([]);
  expect(mail).toMatchObject({ from: "a@example.com", to: ["here@example.org"], data: message });
  expect(mail?.acceptedAtNs).toBeGreaterThan(before); // one clock for all processes
  await server.forget();
  expect(await server.counts()).toMatchObject({ accepted: 0 });
  await outbox.close();
  await server.close();
});
