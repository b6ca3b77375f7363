import type { Database } from "../../src/kernel/database/index.ts";
import { buildServer, type Caller, type Route } from "../../src/kernel/http/index.ts";
import { refusal } from "../../src/modules/access/index.ts";

export interface TestServer {
  url: string;
  close(): Promise<void>;
}

/** Some routes behind the real HTTP server on a port of its own. Whoever sends `x-as: NAME` is that caller. */
export async function listen(
  db: Database,
  routes: readonly Route[],
  callers: Readonly<Record<string, Caller>> = {},
): Promise<TestServer> {
  const server = await buildServer({
    db,
    log: db.log,
    routes,
    authenticate: async (request) => callers[String(request.headers["x-as"])] ?? null,
    refusal: refusal(db),
    secure: false,
  });
  const url = await server.listen({ port: 0, host: "127.0.0.1" });
  return { url, close: () => server.close() };
}
