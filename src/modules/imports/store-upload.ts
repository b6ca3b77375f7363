import { createWriteStream } from "node:fs";
import { mkdir, open, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { HeedError } from "../../kernel/errors.ts";

/** Uploads up to this size (bytes). */
export const uploadAtMost = 2 ** 31;

export function uploadPath(dataDir: string, name: string): string {
  return join(dataDir, "uploads", name);
}

/**
 * Streams an upload into the data folder, whole or not at all. Throws `file_too_large` and, when
 * the disk is full, `data_folder_full`.
 */
export async function storeUpload(
  dataDir: string,
  name: string,
  source: Readable,
): Promise<number> {
  const path = uploadPath(dataDir, name);
  const partial = `${path}.part`;
  await mkdir(join(dataDir, "uploads"), { recursive: true, mode: 0o700 });
  let bytes = 0;
  try {
    await pipeline(
      source,
      async function* (chunks: AsyncIterable<Buffer>) {
        for await (const chunk of chunks) {
          bytes += chunk.length;
          if (bytes > uploadAtMost) throw tooLarge();
          yield chunk;
        }
      },
      createWriteStream(partial, { mode: 0o600 }),
    );
    if ((source as { truncated?: boolean }).truncated) throw tooLarge();
    const file = await open(partial);
    await file.datasync();
    await file.close();
    await rename(partial, path);
    return bytes;
  } catch (error) {
    await rm(partial, { force: true });
    if ((error as { code?: string }).code === "ENOSPC") {
      throw new HeedError(
        "data_folder_full",
        "The disk of the data folder is full. Make room, then upload again.",
      );
    }
    if ((error as { code?: string }).code === "FST_REQ_FILE_TOO_LARGE") throw tooLarge();
    throw error;
  }
}

export async function removeUpload(dataDir: string, name: string): Promise<void> {
  await rm(uploadPath(dataDir, name), { force: true });
}

function tooLarge(): HeedError {
  return new HeedError(
    "file_too_large",
    "The file is larger than 2 GB. Split it, or import it on the server with `heed import FILE`, which has no limit.",
    { most: uploadAtMost },
  );
}
