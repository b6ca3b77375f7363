import { mkdirSync } from "node:fs";
import { type FileHandle, open, readdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";

interface Waiting {
  lines: string;
  done: () => void;
  failed: (error: unknown) => void;
}

/**
 * Append-only files beside the database, one per name and day, for what must
 * survive the database itself. An append resolves once its lines are fsynced;
 * appends that wait at the same time share one fsync.
 */
export class DurableFiles {
  readonly #waiting = new Map<string, Waiting[]>();
  readonly #running = new Map<string, Promise<void>>();
  readonly #open = new Map<string, FileHandle>();

  constructor(private readonly folder: string) {}

  /** Appends each entry as one line of JSON to today's file of `name` and fsyncs it. */
  append(name: string, entries: readonly unknown[]): Promise<void> {
    if (entries.length === 0) return Promise.resolve();
    const lines = entries.map((entry) => `${JSON.stringify(entry)}\n`).join("");
    return new Promise((done, failed) => {
      const queue = this.#waiting.get(name) ?? [];
      queue.push({ lines, done, failed });
      this.#waiting.set(name, queue);
      if (!this.#running.has(name)) this.#running.set(name, this.#drain(name));
    });
  }

  async #drain(name: string): Promise<void> {
    for (;;) {
      const batch = this.#waiting.get(name);
      if (!batch?.length) break;
      this.#waiting.set(name, []);
      try {
        const file = await this.#fileOfToday(name);
        await file.appendFile(batch.map((each) => each.lines).join(""));
        await file.datasync();
        for (const each of batch) each.done();
      } catch (error) {
        for (const each of batch) each.failed(error);
      }
    }
    this.#running.delete(name);
  }

  async #fileOfToday(name: string): Promise<FileHandle> {
    const path = join(this.folder, `${name}-${new Date().toISOString().slice(0, 10)}.ndjson`);
    let file = this.#open.get(path);
    if (!file) {
      for (const [other, handle] of this.#open) {
        if (other.startsWith(join(this.folder, `${name}-`))) {
          this.#open.delete(other);
          await handle.close();
        }
      }
      mkdirSync(dirname(path), { recursive: true });
      file = await open(path, "a+", 0o600);
      await endTornLine(file);
      await syncFolder(dirname(path));
      this.#open.set(path, file);
    }
    return file;
  }

  /** Every entry of `name`, oldest file first. A torn last line (a power cut) is left out. */
  async *read(name: string): AsyncGenerator<unknown> {
    const folder = dirname(join(this.folder, name));
    const prefix = `${name.split("/").at(-1)}-`;
    const files = await readdir(folder).catch(() => [] as string[]);
    for (const file of files.filter((f) => f.startsWith(prefix)).sort()) {
      for (const line of (await readFile(join(folder, file), "utf8")).split("\n")) {
        if (line === "") continue;
        try {
          yield JSON.parse(line);
        } catch {
          // Torn by a crash before its fsync, so never acknowledged.
        }
      }
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.#running.values());
    for (const handle of this.#open.values()) await handle.close();
    this.#open.clear();
  }
}

/** A power cut may have left half a line; the next one must not be glued to it. */
async function endTornLine(file: FileHandle): Promise<void> {
  const { size } = await file.stat();
  if (size === 0) return;
  const { buffer } = await file.read(Buffer.alloc(1), 0, 1, size - 1);
  if (buffer[0] !== 0x0a) await file.appendFile("\n");
}

/** A new file is durable only once its folder's entry is. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
