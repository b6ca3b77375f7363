import { z } from "zod";
import { publicRoute, type Route } from "../kernel/http/index.ts";
import { registry } from "./metrics.ts";

export const healthRoutes: Route[] = [
  publicRoute({
    method: "GET",
    path: "//healthz",
    summary: "The process lives",
    tag: "Operations",
    response: z.object({ status: z.literal("ok") }),
    open: async () => ({ status: "ok" }),
  }),
  publicRoute({
    method: "GET",
    path: "//readyz",
    summary: "The process can answer: its database does",
    tag: "Operations",
    response: z.object({ status: z.literal("ready") }),
    async open({ db }) {
      await db.pool.query("SELECT 1");
      return { status: "ready" };
    },
  }),
  publicRoute({
    method: "GET",
    path: "//metrics",
    summary: "Counters and timings for Prometheus; no personal data",
    tag: "Operations",
    produces: "text/plain",
    async open({ reply }) {
      reply.header("content-type", registry.contentType);
      return registry.metrics();
    },
  }),
];
