import { createSocket } from "node:dgram";
import type { AddressInfo } from "node:net";

/** What a domain answers. `silent`: nothing; `broken`: SERVFAIL; a domain that is not there: NXDOMAIN. */
export type Zone = Record<
  string,
  { mx?: string[]; a?: string[]; ns?: string[] } | "silent" | "broken"
>;

export interface DnsServer {
  /** As HEED_DNS_SERVER takes it. */
  address: string;
  zone: Zone;
  /** Names that were asked for, in order. */
  asked: string[];
  close(): Promise<void>;
}

const types = { a: 1, ns: 2, mx: 15 } as const;

/** A name server on the loopback that knows one zone (RFC 1035), over UDP. */
export async function startDns(zone: Zone): Promise<DnsServer> {
  const socket = createSocket("udp4");
  const asked: string[] = [];
  const server = { zone, asked };
  socket.on("message", (query, from) => {
    const { name, end } = readName(query, 12);
    const type = query.readUInt16BE(end);
    asked.push(name);
    const known = server.zone[name];
    if (known === "silent") return;
    const kind = (Object.keys(types) as (keyof typeof types)[]).find(
      (each) => types[each] === type,
    );
    const records = typeof known === "object" && kind ? (known[kind] ?? []) : [];
    const code = known === undefined ? 3 : known === "broken" ? 2 : 0;
    const header = Buffer.alloc(12);
    header.writeUInt16BE(query.readUInt16BE(0), 0);
    header.writeUInt16BE(0x8180 | code, 2);
    header.writeUInt16BE(1, 4);
    header.writeUInt16BE(records.length, 6);
    const answers = records.map((value) => record(type, value));
    socket.send(
      Buffer.concat([header, query.subarray(12, end + 4), ...answers]),
      from.port,
      from.address,
    );
  });
  await new Promise<void>((ready) => socket.bind(0, "127.0.0.1", ready));
  return {
    address: `127.0.0.1:${(socket.address() as AddressInfo).port}`,
    zone,
    asked,
    close: () => new Promise((done) => socket.close(() => done())),
  };
}

function readName(packet: Buffer, start: number): { name: string; end: number } {
  const labels: string[] = [];
  let at = start;
  for (let length = packet[at] ?? 0; length > 0; length = packet[at] ?? 0) {
    labels.push(packet.toString("latin1", at + 1, at + 1 + length));
    at += length + 1;
  }
  return { name: labels.join(".").toLowerCase(), end: at + 1 };
}

function writeName(name: string): Buffer {
  const labels = name.split(".").filter(Boolean);
  return Buffer.concat([
    ...labels.map((label) => Buffer.concat([Buffer.of(label.length), Buffer.from(label)])),
    Buffer.of(0),
  ]);
}

/** A record about the name that was asked for. */
function record(type: number, value: string): Buffer {
  const data =
    type === types.a
      ? Buffer.from(value.split(".").map(Number))
      : type === types.mx
        ? Buffer.concat([Buffer.of(0, 10), writeName(value)])
        : writeName(value);
  const head = Buffer.alloc(12);
  head.writeUInt16BE(0xc00c, 0);
  head.writeUInt16BE(type, 2);
  head.writeUInt16BE(1, 4);
  head.writeUInt32BE(60, 6);
  head.writeUInt16BE(data.length, 10);
  return Buffer.concat([head, data]);
}
