import { type AddressInfo, createServer, type Socket } from "node:net";

/** Says what a PostgreSQL of another version says, or refuses whoever signs in. Speaks just enough of the protocol. */
export async function fakePostgres(options: {
  version?: string;
  number?: number;
  refuse?: { code: string; message: string };
}) {
  const asked: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    socket.on("error", () => {});
    let input = Buffer.alloc(0);
    let started = false;
    socket.on("data", (piece) => {
      input = Buffer.concat([input, piece]);
      for (;;) {
        const head = started ? 1 : 0;
        if (input.length < head + 4) return;
        const length = input.readInt32BE(head) + head;
        if (input.length < length) return;
        const message = input.subarray(0, length);
        input = input.subarray(length);
        if (!started) {
          if (message.readInt32BE(4) === 80877103)
            socket.write("N"); // no TLS here
          else {
            started = true;
            socket.write(
              options.refuse ? refusal(options.refuse) : welcome(options.version ?? "14.0"),
            );
            if (options.refuse) socket.end();
          }
          continue;
        }
        if (message[0] !== 0x51) continue;
        asked.push(message.toString("utf8", 5, length - 1));
        socket.write(versionRow(options.version ?? "14.0", options.number ?? 140000));
      }
    });
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return {
    port: (server.address() as AddressInfo).port,
    asked,
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((done) => server.close(() => done()));
    },
  };
}

function message(type: string, ...parts: Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  const head = Buffer.alloc(5);
  head.write(type, 0);
  head.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
}

const int32 = (value: number) => {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
};
const int16 = (value: number) => {
  const bytes = Buffer.alloc(2);
  bytes.writeInt16BE(value);
  return bytes;
};
const text = (value: string) => Buffer.from(`${value}\0`);
const ready = message("Z", Buffer.from("I"));

function welcome(version: string): Buffer {
  return Buffer.concat([
    message("R", int32(0)),
    message("S", text("server_version"), text(version)),
    message("K", int32(1), int32(1)),
    ready,
  ]);
}

function refusal({ code, message: said }: { code: string; message: string }): Buffer {
  return message(
    "E",
    text("SFATAL"),
    text("VFATAL"),
    text(`C${code}`),
    text(`M${said}`),
    Buffer.from([0]),
  );
}

function versionRow(version: string, number: number): Buffer {
  const column = (name: string, type: number) =>
    Buffer.concat([text(name), int32(0), int16(0), int32(type), int16(-1), int32(-1), int16(0)]);
  const value = (of: string) => Buffer.concat([int32(Buffer.byteLength(of)), Buffer.from(of)]);
  return Buffer.concat([
    message("T", int16(2), column("v", 25), column("n", 23)),
    message("D", int16(2), value(version), value(String(number))),
    message("C", text("SELECT 1")),
    ready,
  ]);
}
