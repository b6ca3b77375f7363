import { DATABASE, USER } from "./cluster.ts";
import type { EmbeddedServer } from "./index.ts";

export function describe(
  server: Pick<EmbeddedServer, "socketDir" | "adopted" | "stop">,
): EmbeddedServer {
  return { ...server, database: DATABASE, user: USER, url: connectionString(server.socketDir) };
}

/** For node-postgres, whatever PGSSLMODE and the like say; the host named before the query is not used. */
function connectionString(socketDir: string): string {
  return `postgres://${USER}@localhost/${DATABASE}?host=${encodeURIComponent(socketDir)}&port=5432&sslmode=disable`;
}
