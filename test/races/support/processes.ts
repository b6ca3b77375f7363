import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { newId } from "../../../src/kernel/ids.ts";
import type { Installation } from "./open-database.ts";

/** A program of this folder in a process of its own, with a channel to it. It ends when the channel does. */
export function forkProgram(name: string, argument: unknown): ChildProcess {
  const script = fileURLToPath(new URL(`./${name}.ts`, import.meta.url));
  return fork(script, [JSON.stringify(argument)], {
    execArgv: ["--import", "tsx"],
    serialization: "json",
    stdio: "inherit",
  });
}

export interface Worker {
  id: string;
  /** Lets it finish what it has claimed, and waits for its end. */
  stop(): Promise<void>;
  /** SIGKILL. */
  kill(): Promise<void>;
}

/** Starts a sender in a process of its own and waits until it works. */
export async function forkWorker(installation: Installation): Promise<Worker> {
  const id = newId();
  const child = forkProgram("worker-process", { workerId: id, installation });
  const ended = once(child, "exit");
  await Promise.race([
    once(child, "message"),
    ended.then(() => {
      throw new Error("The worker process ended before it was ready.");
    }),
  ]);
  return {
    id,
    async stop() {
      child.send("stop");
      const [code] = await ended;
      if (code !== 0) throw new Error(`The worker process ended with ${code}.`);
    },
    async kill() {
      child.kill("SIGKILL");
      await ended;
    },
  };
}
