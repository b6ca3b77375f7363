import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

/**
 * A process that cannot be confused with a later one of the same number: pids
 * are reused, above all in containers, where they are small and start alike.
 */
export interface ProcessIdentity {
  pid: number;
  /** When it started, in a form only good for comparing; "unknown" where the system does not tell. */
  started: string;
}

/** The process now running under this number; null when there is none, or only a zombie. */
export function identify(pid: number): ProcessIdentity | null {
  if (!Number.isSafeInteger(pid) || pid <= 0) return null;
  const started = process.platform === "linux" ? startOnLinux(pid) : startFromPs(pid);
  if (started !== null) return started === "dead" ? null : { pid, started };
  return answersToSignals(pid) ? { pid, started: "unknown" } : null;
}

/** True while the very process that was identified still runs. */
export function stillRuns(identity: ProcessIdentity): boolean {
  const now = identify(identity.pid);
  if (now === null) return false;
  if (now.started === "unknown" || identity.started === "unknown") return true;
  return now.started === identity.started;
}

/** Waits until the process has ended; false when it still runs after `milliseconds`. */
export async function waitForEnd(
  identity: ProcessIdentity,
  milliseconds: number,
): Promise<boolean> {
  const deadline = Date.now() + milliseconds;
  while (stillRuns(identity)) {
    if (Date.now() >= deadline) return false;
    await sleep(20);
  }
  return true;
}

/** Sends a signal to the very process that was identified; one that has ended is no error. */
export function signal(identity: ProcessIdentity, name: NodeJS.Signals): void {
  if (!stillRuns(identity)) return;
  try {
    process.kill(identity.pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

/** proc(5): field 3 is the state, field 22 the start in clock ticks since boot. */
function startOnLinux(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    if (fields[0] === "Z" || fields[0] === "X") return "dead";
    return `${readFileSync("/proc/sys/kernel/random/boot_id", "latin1").trim()}:${fields[19]}`;
  } catch {
    return null;
  }
}

function startFromPs(pid: number): string | null {
  try {
    const env = { ...process.env, LC_ALL: "C" };
    const line = execFileSync("ps", ["-o", "stat=,lstart=", "-p", String(pid)], { env }).toString();
    const [state = "", ...started] = line.trim().split(/\s+/);
    if (state === "") return null;
    return state.startsWith("Z") ? "dead" : started.join(" ");
  } catch {
    return null;
  }
}

function answersToSignals(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
