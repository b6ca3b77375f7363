import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { start } from "../../src/app/start.ts";
import { readConfig } from "../../src/kernel/config.ts";
import type { Database } from "../../src/kernel/database/index.ts";
import { run, templateName, urlOf } from "./server.ts";

export interface Answer<T> {
  status: number;
  body: T;
  headers: Headers;
}

/** A whole Heed, as `bin/start` runs it, on a database of its own. */
export interface TestHeed {
  url: string;
  /** The first administrator's API key. */
  key: string;
  db: Database;
  dataDir: string;
  /** Where it takes mail by SMTP, when it was asked to. */
  smtpPort: number | null;
  /** Calls /api/v1 as the administrator, or with another key. Never throws for a status. */
  // biome-ignore lint/suspicious/noExplicitAny: a story reads many shapes of answer
  call<T = any>(
    method: string,
    path: string,
    body?: unknown,
    options?: { key?: string; headers?: Record<string, string> },
  ): Promise<Answer<T>>;
  /** The same, and fails the test unless the status is 2xx. */
  // biome-ignore lint/suspicious/noExplicitAny: a story reads many shapes of answer
  ok<T = any>(method: string, path: string, body?: unknown): Promise<T>;
  stop(): Promise<void>;
}

/** Starts Heed with its own PostgreSQL database, data folder and port. */
export async function startHeed(
  options: {
    demo?: boolean;
    mail?: boolean;
    dnsServer?: string;
    roles?: readonly ("web" | "worker")[];
  } = {},
): Promise<TestHeed> {
  const server = process.env.HEED_TEST_URL;
  if (!server)
    throw new Error("No test server: run through vitest, whose global set-up starts one.");
  const name = `t_${randomBytes(6).toString("hex")}`;
  await run(server, `CREATE DATABASE ${name} TEMPLATE ${templateName}`);
  const dataDir = mkdtempSync(join(tmpdir(), "heed-data-"));
  const key = `test_${randomBytes(16).toString("hex")}`;
  const config = readConfig(
    {
      HEED_DATA: dataDir,
      DATABASE_URL: urlOf(server, name),
      HEED_BOOTSTRAP_KEY: key,
      PORT: "0",
      ...(options.dnsServer ? { HEED_DNS_SERVER: options.dnsServer } : {}),
      ...(options.mail ? { HEED_SMTP_PORT: "0" } : {}),
      HEED_LOG: process.env.HEED_TEST_LOG ?? "silent",
    },
    options.roles ?? ["web", "worker"],
  );
  const running = await start(config, { demo: options.demo ?? false, say: () => {} });
  const heed: TestHeed = {
    url: running.url,
    key,
    db: running.heed.db,
    dataDir,
    smtpPort: running.smtpPort,
    async call(method, path, body, extra = {}) {
      const raw =
        typeof body === "string" || body instanceof FormData || body instanceof Uint8Array;
      const response = await fetch(`${running.url}/api/v1${path}`, {
        method,
        headers: {
          authorization: `Bearer ${extra.key ?? key}`,
          ...(body !== undefined && !raw ? { "content-type": "application/json" } : {}),
          ...extra.headers,
        },
        ...(body === undefined ? {} : { body: raw ? (body as string) : JSON.stringify(body) }),
      });
      const text = await response.text();
      const json = response.headers.get("content-type")?.includes("json");
      return {
        status: response.status,
        body: json ? JSON.parse(text) : text,
        headers: response.headers,
      };
    },
    async ok(method, path, body) {
      const answer = await heed.call(method, path, body);
      if (answer.status >= 300)
        throw new Error(
          `${method} ${path} answered ${answer.status}: ${JSON.stringify(answer.body)}`,
        );
      return answer.body;
    },
    async stop() {
      await running.stop();
      await run(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
  return heed;
}

/** Asks until `read` gives something, for at most `seconds`. */
export async function eventually<T>(
  read: () => Promise<T | undefined | null | false>,
  seconds = 20,
): Promise<T> {
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    const found = await read();
    if (found) return found;
    if (Date.now() > deadline) throw new Error(`nothing came of it within ${seconds} s`);
    await new Promise((wake) => setTimeout(wake, 50));
  }
}
