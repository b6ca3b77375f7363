import { readFileSync } from "node:fs";
import type { BenchDatabase } from "./database.ts";

/** Processor seconds used so far by this process, and by the server's processes that are alive (Linux; 0 elsewhere). */
export async function cpuSeconds(
  bench: BenchDatabase,
): Promise<{ heed: number; postgres: number }> {
  const { user, system } = process.cpuUsage();
  const { rows } = await bench.db.pool.query<{ pid: number }>("SELECT pid FROM pg_stat_activity");
  return {
    heed: (user + system) / 1e6,
    postgres: rows.reduce((sum, { pid }) => sum + secondsOf(pid), 0),
  };
}

/** proc(5): fields 14 and 15 of /proc/PID/stat are user and system time in clock ticks, of which Linux has 100 a second. */
function secondsOf(pid: number): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return (Number(fields[11]) + Number(fields[12])) / 100;
  } catch {
    return 0;
  }
}
