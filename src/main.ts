import { type Running, start } from "./app/start.ts";
import { type Role, readConfig } from "./kernel/config.ts";
import { isHeedError, messageOf } from "./kernel/errors.ts";

const say = (line: string) => process.stderr.write(`heed: ${line}\n`);

function rolesOf(argument: string | undefined): Role[] {
  const roles = (argument ?? "web,worker").split(",");
  const wrong = roles.find((role) => role !== "web" && role !== "worker");
  if (wrong !== undefined) {
    say(`--roles takes web, worker or both with a comma; "${wrong}" is neither.`);
    process.exit(2);
  }
  return roles as Role[];
}

const options = process.argv.slice(2);
const unknown = options.find((each) => each !== "--demo" && !each.startsWith("--roles="));
if (unknown !== undefined) {
  say(`unknown option ${unknown}. Usage: bin/start [--demo] [--roles=web,worker]`);
  process.exit(2);
}

/** A signal stops Heed in order; one that comes while it starts waits until it has started. */
function stopOn(signals: readonly NodeJS.Signals[], starting: Promise<Running>): void {
  let stopping = false;
  const stop = async (signal: string) => {
    if (stopping) process.exit(1); // asked twice: do not wait
    stopping = true;
    say(`stopping (${signal}); mail that is being handed over is finished first`);
    const running = await starting.catch(() => null);
    if (!running) return; // it says itself why it could not start
    await running.stop();
    process.exit(0);
  };
  for (const signal of signals) {
    process.on(signal, () => {
      stop(signal).catch((error) => {
        say(messageOf(error));
        process.exit(1);
      });
    });
  }
}

try {
  const config = readConfig(
    process.env,
    rolesOf(options.find((each) => each.startsWith("--roles="))?.slice(8)),
  );
  const starting = start(config, { demo: options.includes("--demo"), say });
  stopOn(["SIGINT", "SIGTERM"], starting);
  await starting;
} catch (error) {
  say(isHeedError(error) ? error.message : `could not start: ${messageOf(error)}`);
  if (!isHeedError(error) && error instanceof Error) process.stderr.write(`${error.stack}\n`);
  process.exit(1);
}
