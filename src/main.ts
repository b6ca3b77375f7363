import { start } from "./app/start.ts";
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

try {
  const config = readConfig(
    process.env,
    rolesOf(options.find((each) => each.startsWith("--roles="))?.slice(8)),
  );
  const running = await start(config, { demo: options.includes("--demo"), say });
  let stopping = false;
  const stop = (signal: string) => {
    if (stopping) process.exit(1); // asked twice: do not wait
    stopping = true;
    say(`stopping (${signal}); mail that is being handed over is finished first`);
    running.stop().then(
      () => process.exit(0),
      (error) => {
        say(messageOf(error));
        process.exit(1);
      },
    );
  };
  process.on("SIGINT", () => stop("SIGINT"));
  process.on("SIGTERM", () => stop("SIGTERM"));
} catch (error) {
  say(isHeedError(error) ? error.message : `could not start: ${messageOf(error)}`);
  if (!isHeedError(error) && error instanceof Error) process.stderr.write(`${error.stack}\n`);
  process.exit(1);
}
