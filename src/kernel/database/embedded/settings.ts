/** What the machine has to give, in bytes. */
export interface Machine {
  memory: number;
  /** Free space on the disk of the data folder. */
  diskFree: number;
  /** Size of /dev/shm, which containers often keep at 64 MB; null where there is none. */
  sharedMemory: number | null;
}

const MB = 1024 * 1024;
const GB = 1024 * MB;

const between = (least: number, value: number, most: number) =>
  Math.min(most, Math.max(least, value));
const megabytes = (bytes: number) => `${Math.floor(bytes / MB)}MB`;

/**
 * The settings of the embedded server, for two cores and a moderate memory that
 * it shares with Heed itself. What is not here is PostgreSQL's default.
 */
export function serverSettings(machine: Machine): Record<string, string> {
  const { memory, diskFree, sharedMemory } = machine;
  return {
    shared_buffers: megabytes(between(32 * MB, memory / 8, 512 * MB)),
    effective_cache_size: megabytes(between(128 * MB, memory / 2, 8 * GB)),
    work_mem: megabytes(between(8 * MB, memory / 128, 32 * MB)),
    maintenance_work_mem: megabytes(between(32 * MB, memory / 16, 256 * MB)),
    max_connections: "100",
    max_parallel_workers_per_gather: "1",
    // Parallel queries take their memory from /dev/shm; a small one would fail them with "no space left".
    dynamic_shared_memory_type: sharedMemory !== null && sharedMemory < 256 * MB ? "mmap" : "posix",
    max_wal_size: megabytes(between(256 * MB, diskFree / 5, 4 * GB)),
    checkpoint_timeout: "15min",
    wal_compression: "on",
    random_page_cost: "1.1",
    jit: "off",
    timezone: "UTC",
    log_timezone: "UTC",
    log_checkpoints: "off",
    log_line_prefix: "%m [%p] ",
    // Without the details of errors, which hold the values of rows: no address reaches the log.
    log_error_verbosity: "terse",
  };
}

/** The text of `heed.conf`, which `postgresql.conf` includes before the operator's own lines. */
export function settingsFile(settings: Record<string, string>): string {
  const lines = Object.entries(settings).map(([name, value]) => `${name} = '${value}'`);
  return [
    "# Written by Heed at every start. Put your own settings into postgresql.conf.",
    ...lines,
    "",
  ].join("\n");
}

/** The first `postgresql.conf`: ours first, so that lines added below win. */
export const OPERATORS_SETTINGS = `include 'heed.conf'
# Settings added below win over Heed's. They take effect at the next start.
`;

/** Given on the command line, where nothing in the folder can undo it: no port, a private socket, nothing lost. */
export function fixedSettings(options: {
  socketDir: string;
  dataDir: string;
}): Record<string, string> {
  return {
    listen_addresses: "",
    port: "5432",
    unix_socket_directories: options.socketDir,
    unix_socket_permissions: "0700",
    fsync: "on",
    full_page_writes: "on",
    // Ours alone: it shows in the process list whose server this is.
    "heed.data_folder": options.dataDir,
  };
}
