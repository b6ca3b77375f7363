import { statfsSync } from "node:fs";
import { totalmem } from "node:os";
import type { Machine } from "./settings.ts";

/** What this machine, or the container that limits it, has to give. */
export function thisMachine(dataDir: string): Machine {
  // Zero or absurdly large where nothing limits the process.
  const limit = process.constrainedMemory();
  const memory = limit > 0 && limit < totalmem() ? limit : totalmem();
  const disk = statfsSync(dataDir);
  return { memory, diskFree: disk.bavail * disk.bsize, sharedMemory: sizeOfSharedMemory() };
}

function sizeOfSharedMemory(): number | null {
  try {
    const { blocks, bsize } = statfsSync("/dev/shm");
    return blocks * bsize;
  } catch {
    return null;
  }
}
