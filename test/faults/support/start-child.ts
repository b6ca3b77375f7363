import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { program } from "../../support/program.ts";
import { run, templateName, urlOf } from "../../support/server.ts";

const main = await program("main");
export const bootstrapKey = "faults_0123456789abcdef";

export interface Child {
  process: ChildProcess;
  /** All that it has said so far, standard error and output. */
  said(): string;
  /** Its exit code, or the signal that ended it. */
  ended: Promise<number | string>;
  /** Its address once it serves; fails with what it said when it ends before. */
  serving: Promise<string>;
}

const running = new Set<ChildProcess>();

/** `bin/start …args` as a process of its own, with this environment beside PATH and HOME. */
export function startChild(
  environment: Record<string, string>,
  args: readonly string[] = [],
): Child {
  const { PATH = "", HOME = "/tmp" } = process.env;
  const child = spawn(process.execPath, [main, ...args], {
    env: {
      PATH,
      HOME,
      PORT: "0",
      HEED_LOG: "warn",
      HEED_BOOTSTRAP_KEY: bootstrapKey,
      ...environment,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  running.add(child);
  let text = "";
  const ended = new Promise<number | string>((end) => {
    child.once("close", (code, signal) => {
      running.delete(child);
      end(code ?? signal ?? "unknown");
    });
  });
  const serving = new Promise<string>((serve, fail) => {
    const hear = (piece: Buffer) => {
      text += piece;
      const url = /Heed is at (\S+)\n.*sign.in/i.exec(text)?.[1];
      if (url) serve(url);
    };
    child.stdout.on("data", hear);
    child.stderr.on("data", hear);
    void ended.then((how) => fail(new Error(`Heed ended (${how}) instead of serving: ${text}`)));
  });
  serving.catch(() => {});
  return { process: child, said: () => text, ended, serving };
}

/** Starts, expects it to refuse, and gives its exit code and what it said. */
export async function refused(
  environment: Record<string, string>,
  args: readonly string[] = [],
): Promise<{ code: number | string; said: string }> {
  const child = startChild(environment, args);
  const code = await Promise.race([
    child.ended,
    child.serving.then(
      (url) => `serves at ${url}`,
      () => child.ended,
    ),
  ]);
  if (typeof code === "string") child.process.kill("SIGKILL");
  return { code, said: child.said() };
}

/** Ends what a failed test left running. */
export async function endAll(): Promise<void> {
  for (const child of running) child.kill("SIGTERM");
  const deadline = Date.now() + 20_000;
  while (running.size > 0 && Date.now() < deadline)
    await new Promise((wake) => setTimeout(wake, 50));
  for (const child of running) child.kill("SIGKILL");
}

const folders: string[] = [];

/** A new folder, gone with `removeFolders`. */
export function folder(): string {
  const path = mkdtempSync(join(tmpdir(), "heed-fault-"));
  folders.push(path);
  return path;
}

export function removeFolders(): void {
  for (const path of folders.splice(0)) rmSync(path, { recursive: true, force: true });
}

export interface Scratch {
  name: string;
  url: string;
}

/** A database of its own on the run's server: migrated and empty, or a copy of another that nobody is connected to. */
export async function scratch(copyOf: string = templateName): Promise<Scratch> {
  const name = `f_${randomBytes(6).toString("hex")}`;
  await run(serverUrl(), `CREATE DATABASE ${name} TEMPLATE ${copyOf}`);
  return { name, url: urlOf(serverUrl(), name) };
}

export async function dropScratch(database: Scratch): Promise<void> {
  await run(serverUrl(), `DROP DATABASE IF EXISTS ${database.name} WITH (FORCE)`);
}

export function serverUrl(): string {
  const url = process.env.HEED_TEST_URL;
  if (!url) throw new Error("No test server: run through vitest, whose global set-up starts one.");
  return url;
}

/** Calls the API as the first administrator. */
export async function call(
  url: string,
  method: string,
  path: string,
  body?: unknown,
  // biome-ignore lint/suspicious/noExplicitAny: a story reads many shapes of answer
): Promise<{ status: number; body: any }> {
  const json = body !== undefined && !(body instanceof FormData);
  const response = await fetch(`${url}/api/v1${path}`, {
    method,
    headers: {
      authorization: `Bearer ${bootstrapKey}`,
      ...(json ? { "content-type": "application/json" } : {}),
    },
    ...(body === undefined ? {} : { body: json ? JSON.stringify(body) : (body as FormData) }),
  });
  const text = await response.text();
  return { status: response.status, body: text ? JSON.parse(text) : null };
}
