import { InvalidArgumentError } from "commander";
import { readConfig } from "../../kernel/config.ts";
import { HeedError, isHeedError, messageOf } from "../../kernel/errors.ts";
import { listWorkspaceIds } from "../../modules/access/index.ts";
import { type Heed, openHeed } from "../open.ts";

/** Options that every command takes. */
export interface Common {
  json?: boolean;
  workspace?: string;
}

export interface Terminal {
  /** Data, to standard output: `text` for people, `data` with --json. */
  print(text: string, data: unknown): void;
  /** Messages, to standard error. */
  say(message: string): void;
}

export interface InstallationContext extends Terminal {
  heed: Heed;
}

export interface CommandContext extends InstallationContext {
  workspaceId: string;
}

/** Runs a command in one workspace: the one named, or the only one. */
export function runCommand(
  options: Common,
  act: (context: CommandContext) => Promise<unknown>,
): Promise<void> {
  return runOnInstallation(options, async (context) =>
    act({ ...context, workspaceId: await chooseWorkspace(context.heed, options.workspace) }),
  );
}

/**
 * Runs a command against the installation: beside a running Heed, or with the
 * database started for its lifetime. Failures end with status 1 and a message.
 */
export async function runOnInstallation(
  options: Common,
  act: (context: InstallationContext) => Promise<unknown>,
): Promise<void> {
  const terminal = terminalOf(options);
  let heed: Heed | undefined;
  try {
    const config = { ...readConfig(process.env), logLevel: process.env.HEED_LOG || "warn" };
    heed = await openHeed(config, { role: "guest", say: () => {} });
    if ((await act({ ...terminal, heed })) === false) process.exitCode = 1;
  } catch (error) {
    process.exitCode = 1;
    if (options.json && isHeedError(error)) {
      process.stdout.write(
        `${JSON.stringify({ error: { code: error.code, message: error.message, details: error.details } })}\n`,
      );
    }
    terminal.say(isHeedError(error) ? error.message : `failed: ${messageOf(error)}`);
    if (!isHeedError(error) && process.env.HEED_LOG === "debug") console.error(error);
  } finally {
    await heed?.close();
  }
}

export function terminalOf(options: Common): Terminal {
  return {
    print: (text, data) =>
      process.stdout.write(options.json ? `${JSON.stringify(data)}\n` : `${text}\n`),
    say: (message) => process.stderr.write(`heed: ${message}\n`),
  };
}

async function chooseWorkspace(heed: Heed, wanted: string | undefined): Promise<string> {
  const ids = await heed.db.asSystem(listWorkspaceIds);
  if (wanted !== undefined) {
    if (!ids.includes(wanted)) throw new HeedError("not_found", `There is no workspace ${wanted}.`);
    return wanted;
  }
  if (ids.length === 0) {
    throw new HeedError(
      "no_workspace",
      "This installation has no workspace yet. Start it once with bin/start.",
    );
  }
  if (ids.length > 1) {
    throw new HeedError(
      "which_workspace",
      `There are ${ids.length} workspaces. Name one with --workspace: ${ids.join(", ")}`,
    );
  }
  return ids[0] as string;
}

/** Parses an argument or option that must be an id. */
export function anId(value: string): string {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value)) {
    throw new InvalidArgumentError(
      "It is an id, as in 019a2b3c-4d5e-7f60-8a9b-0c1d2e3f4a5b; --json and heed status show them.",
    );
  }
  return value.toLowerCase();
}

/** Parses an option that must be one of a few words. */
export function oneOf<T extends string>(...words: readonly T[]): (value: string) => T {
  return (value) => {
    if (!(words as readonly string[]).includes(value)) {
      throw new InvalidArgumentError(`It is one of: ${words.join(", ")}.`);
    }
    return value as T;
  };
}
