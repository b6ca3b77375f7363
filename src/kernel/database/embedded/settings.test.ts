import { describe, expect, it } from "vitest";
import { serverSettings, settingsFile } from "./settings.ts";

const GB = 1024 ** 3;

describe("the embedded server's settings", () => {
  it.each([
    [0.5, "64MB", "8MB", "32MB"],
    [2, "256MB", "16MB", "128MB"],
    [4, "512MB", "32MB", "256MB"],
    [64, "512MB", "32MB", "256MB"],
  ])("take a modest share of %d GB of memory", (memory, buffers, work, maintenance) => {
    const settings = serverSettings({
      memory: memory * GB,
      diskFree: 100 * GB,
      sharedMemory: 8 * GB,
    });
    expect(settings).toMatchObject({
      shared_buffers: buffers,
      work_mem: work,
      maintenance_work_mem: maintenance,
      max_wal_size: "4096MB",
    });
  });

  it("keep the write-ahead log small on a small disk, and parallel queries out of a small /dev/shm", () => {
    const settings = serverSettings({ memory: GB, diskFree: 5 * GB, sharedMemory: 64 * 1024 ** 2 });
    expect(settings).toMatchObject({ max_wal_size: "1024MB", dynamic_shared_memory_type: "mmap" });
  });

  it("are written as PostgreSQL reads them", () => {
    expect(settingsFile({ jit: "off" })).toMatch(/\njit = 'off'\n$/);
  });
});
