import { randomBytes } from "node:crypto";
import { readConfig } from "../kernel/config.ts";
import { Database } from "../kernel/database/index.ts";
import { DurableFiles } from "../kernel/durable-files.ts";
import { buildServer } from "../kernel/http/index.ts";
import { createLog } from "../kernel/log.ts";
import { Secrets } from "../kernel/secrets.ts";
import { Reader } from "../modules/inbound/index.ts";
import { allRoutes } from "./routes.ts";

/** The OpenAPI 3.1 document of every route, without a database to ask. */
export async function describeApi(): Promise<object> {
  const log = createLog("silent");
  const db = new Database({
    url: "postgresql:///never-connected",
    secrets: new Secrets([randomBytes(32)]),
    files: new DurableFiles("/nonexistent"),
    log,
  });
  const config = readConfig({});
  const server = await buildServer({
    db,
    log,
    routes: allRoutes({
      db,
      log,
      config,
      resolver: null,
      reader: new Reader(),
      close: () => db.close(),
    }),
    authenticate: async () => null,
    refusal: async () => new Error("never asked") as never,
    secure: false,
  });
  await server.ready();
  const document = (server as unknown as { swagger(): object }).swagger();
  await server.close();
  await db.close();
  return document;
}
