import { spawn } from "node:child_process";
import type { TestHeed } from "../../support/heed.ts";
import { program } from "../../support/program.ts";

export interface CliAnswer {
  code: number | null;
  stdout: string;
  stderr: string;
  /** Standard output as JSON; null when it is none. */
  // biome-ignore lint/suspicious/noExplicitAny: a story reads many shapes of answer
  json: any;
}

/** `heed …args` at the terminal of the machine that this Heed runs on. */
export function cli(
  heed: Pick<TestHeed, "dataDir"> & { db: { url: string } },
  ...args: string[]
): Promise<CliAnswer> {
  return runCli({ HEED_DATA: heed.dataDir, DATABASE_URL: heed.db.url }, ...args);
}

/** `heed …args` with this environment beside PATH and HOME. */
export async function runCli(
  environment: Record<string, string>,
  ...args: string[]
): Promise<CliAnswer> {
  const { PATH = "", HOME = "/tmp" } = process.env;
  const child = spawn(process.execPath, [await program("cli"), ...args], {
    env: { PATH, HOME, HEED_LOG: "silent", ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (piece) => (stdout += piece));
  child.stderr.on("data", (piece) => (stderr += piece));
  return new Promise((answer, fail) => {
    child.once("error", fail);
    child.once("close", (code) => answer({ code, stdout, stderr, json: parsed(stdout) }));
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
