import { Counter, collectDefaultMetrics, Histogram, Registry } from "prom-client";

export const registry = new Registry();
collectDefaultMetrics({ register: registry, prefix: "heed_" });

const requests = new Histogram({
  name: "heed_http_request_seconds",
  help: "Time to answer a request, by route, method and status",
  labelNames: ["route", "method", "status"],
  buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
  registers: [registry],
});

const messages = new Counter({
  name: "heed_messages_total",
  help: "Messages by what came of them",
  labelNames: ["outcome"],
  registers: [registry],
});

const stops = new Counter({
  name: "heed_stops_total",
  help: "Stops made, by kind",
  labelNames: ["kind"],
  registers: [registry],
});

export function observeRequest(
  route: string,
  method: string,
  status: number,
  seconds: number,
): void {
  requests.observe({ route, method, status: String(status) }, seconds);
}

export function countMessages(outcome: string, n: number): void {
  messages.inc({ outcome }, n);
}

export function countStop(kind: string): void {
  stops.inc({ kind });
}
