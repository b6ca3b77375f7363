import { existsSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { join } from "node:path";
import fastifyStatic from "@fastify/static";
import swaggerUi from "@fastify/swagger-ui";
import type { FastifyInstance } from "fastify";
import { HeedError } from "../kernel/errors.ts";
import { buildServer } from "../kernel/http/index.ts";
import { packageRoot } from "../kernel/package-root.ts";
import { authenticate, refusal } from "../modules/access/index.ts";
import { observeRequest } from "./metrics.ts";
import type { Heed } from "./open.ts";
import { allRoutes } from "./routes.ts";

/** The web role: API, public pages and UI, not yet listening. */
export async function buildWeb(heed: Heed): Promise<FastifyInstance> {
  const { db, log, config } = heed;
  const server = await buildServer({
    db,
    log,
    routes: allRoutes(heed),
    authenticate: authenticate(db),
    refusal: refusal(db),
    secure: config.publicUrl.startsWith("https:"),
    observe: observeRequest,
  });
  await server.register(swaggerUi, { routePrefix: "/docs", staticCSP: true });
  server.get("/openapi.json", { schema: { hide: true } }, async () => server.swagger());
  await serveUi(server);
  return server;
}

/** The built UI; any other GET that wants a page gets its shell, the rest a JSON 404. */
async function serveUi(server: FastifyInstance): Promise<void> {
  const root = [join(packageRoot, "dist/web"), join(packageRoot, "src/web")].find((folder) =>
    existsSync(join(folder, "index.html")),
  );
  if (root) await server.register(fastifyStatic, { root, wildcard: false, index: false });
  server.setNotFoundHandler((request, reply) => {
    const path = request.url.split("?")[0] ?? "/";
    const wantsPage =
      request.method === "GET" && !/^\/(api|u|p|f|docs)\//.test(path) && !/\.\w+$/.test(path);
    if (root && wantsPage) {
      return reply.header("cache-control", "no-cache").sendFile("index.html");
    }
    return reply.status(404).send({
      error: {
        code: "not_found",
        message: `There is nothing at ${request.method} ${path}. See /docs.`,
        details: {},
      },
    });
  });
}

/** Listens, or says what to do about a taken port. Returns the port. */
export async function listen(server: FastifyInstance, port: number): Promise<number> {
  await server.listen({ port, host: "0.0.0.0" }).catch((error) => {
    throw portError(error, port);
  });
  return (server.server.address() as AddressInfo).port;
}

/** Finds a taken port before anything is made, so that a start that cannot succeed leaves nothing behind. */
export async function checkPort(port: number): Promise<void> {
  const probe = createServer();
  await new Promise<void>((free, taken) => {
    probe.once("error", taken);
    probe.listen(port, "0.0.0.0", () => probe.close(() => free()));
  }).catch((error) => {
    throw portError(error, port);
  });
}

function portError(error: unknown, port: number): unknown {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === "EADDRINUSE") {
    return new HeedError(
      "port_taken",
      `Port ${port} is taken by another program. Stop that one, or start Heed on another: PORT=${port + 1} bin/start`,
    );
  }
  if (code === "EACCES") {
    return new HeedError(
      "port_refused",
      `Port ${port} needs more rights. Choose one above 1023: PORT=4330 bin/start`,
    );
  }
  return error;
}
