import { type AddressInfo, createServer, type Socket } from "node:net";

/** A mailbox as the server holds it: raw messages by UID. */
export interface FakeMailbox {
  port: number;
  /** Puts a message in; gives its UID. */
  add(raw: Buffer): number;
  /** As after the server rebuilt its store: other UIDs from 1 on, another UIDVALIDITY. */
  renumber(): void;
  close(): Promise<void>;
}

/**
 * As much of IMAP4rev1 (RFC 3501) as polling needs, over plain TCP: LOGIN,
 * SELECT and EXAMINE, UID SEARCH by a range of UIDs, UID FETCH, LOGOUT.
 */
export async function startImap(credentials: {
  user: string;
  password: string;
}): Promise<FakeMailbox> {
  let validity = 1;
  let messages: { uid: number; raw: Buffer }[] = [];
  let next = 1;
  const sockets = new Set<Socket>();

  const respond = (socket: Socket, tag: string, command: string, rest: string) => {
    const ok = (text: string) => socket.write(`${tag} OK ${text}\r\n`);
    switch (command) {
      case "CAPABILITY":
        socket.write("* CAPABILITY IMAP4rev1\r\n");
        return ok("done");
      case "LOGIN": {
        const [user, password] = (rest.match(/"[^"]*"|\S+/g) ?? []).map((word) =>
          word.replace(/^"|"$/g, ""),
        );
        if (user === credentials.user && password === credentials.password) return ok("signed in");
        return socket.write(`${tag} NO [AUTHENTICATIONFAILED] wrong user name or password\r\n`);
      }
      case "LIST":
        // An empty pattern asks for the root and the delimiter alone (6.3.8).
        socket.write(
          rest.endsWith('""') ? '* LIST (\\Noselect) "/" ""\r\n' : '* LIST () "/" INBOX\r\n',
        );
        return ok("done");
      case "SELECT":
      case "EXAMINE":
        if (!/^"?INBOX"?$/i.test(rest)) return socket.write(`${tag} NO no such folder\r\n`);
        socket.write(
          `* FLAGS (\\Seen)\r\n* ${messages.length} EXISTS\r\n* 0 RECENT\r\n` +
            `* OK [UIDVALIDITY ${validity}] ok\r\n* OK [UIDNEXT ${next}] ok\r\n`,
        );
        return socket.write(`${tag} OK [READ-ONLY] opened\r\n`);
      case "UID": {
        const [what = "", ...words] = rest.split(" ");
        if (what.toUpperCase() === "SEARCH") {
          const range = /UID (\d+):\*/.exec(rest);
          const from = Number(range?.[1] ?? 1);
          const found = messages.filter((each) => each.uid >= from);
          // "n:*" always names the last message (6.4.8).
          const last = messages.at(-1);
          const uids = new Set([...found, ...(last ? [last] : [])].map((each) => each.uid));
          socket.write(`* SEARCH ${[...uids].join(" ")}\r\n`);
          return ok("done");
        }
        const uid = Number(words[0]);
        const index = messages.findIndex((each) => each.uid === uid);
        const raw = messages[index]?.raw;
        if (raw) {
          // A partial fetch says from where in its answer (6.4.5).
          const partial = /BODY\.PEEK\[\]<(\d+)/i.exec(rest) ? "<0>" : "";
          socket.write(
            `* ${index + 1} FETCH (UID ${uid} RFC822.SIZE ${raw.length} BODY[]${partial} {${raw.length}}\r\n`,
          );
          socket.write(raw);
          socket.write(")\r\n");
        }
        return ok("done");
      }
      case "LOGOUT":
        socket.write("* BYE\r\n");
        ok("bye");
        return socket.end();
      default:
        return ok("done");
    }
  };

  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    socket.on("error", () => {});
    socket.write("* OK [CAPABILITY IMAP4rev1] ready\r\n");
    let input = "";
    socket.setEncoding("latin1").on("data", (chunk: string) => {
      const lines = (input + chunk).split("\r\n");
      input = lines.pop() ?? "";
      for (const line of lines) {
        const [tag = "", command = "", ...rest] = line.split(" ");
        respond(socket, tag, command.toUpperCase(), rest.join(" "));
      }
    });
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  return {
    port: (server.address() as AddressInfo).port,
    add(raw) {
      messages.push({ uid: next, raw });
      return next++;
    },
    renumber() {
      validity++;
      messages = messages.map((each, index) => ({ uid: index + 1, raw: each.raw }));
      next = messages.length + 1;
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((closed) => server.close(() => closed()));
    },
  };
}
