import { createReadStream } from "node:fs";
import type { Tx } from "../../kernel/database/index.ts";
import { HeedError } from "../../kernel/errors.ts";
import { lockStoredImports, updateImport } from "./queries.ts";
import { removeUpload, uploadPath } from "./store-upload.ts";

const atWork = new Set(["checking", "running", "undoing"]);

/**
 * Removes every uploaded file that names somebody: one of whose lines `names` says so of. Throws
 * `import_running` while a job still reads one; nothing is removed then. Answers how many.
 */
export async function forgetUploads(
  tx: Tx,
  dataDir: string,
  names: (line: string) => boolean,
): Promise<number> {
  const naming: { id: string; stored_as: string }[] = [];
  for (const each of await lockStoredImports(tx)) {
    if (!(await someLine(uploadPath(dataDir, each.stored_as), each.encoding, names))) continue;
    if (atWork.has(each.state)) {
      throw new HeedError(
        "import_running",
        "An import that is at work reads a file that names this person. Wait for its end or cancel it, then erase again.",
        { import_id: each.id },
      );
    }
    naming.push(each);
  }
  for (const { id, stored_as } of naming) {
    await updateImport(tx, id, { stored_as: null, state: "cancelled", finished_at: new Date() });
    // Before the commit: a crash in between leaves an import without its file, and never a file that nobody knows of.
    await removeUpload(dataDir, stored_as);
  }
  return naming.length;
}

async function someLine(
  path: string,
  encoding: string,
  names: (line: string) => boolean,
): Promise<boolean> {
  const decoder = new TextDecoder(encoding);
  let rest = "";
  try {
    for await (const chunk of createReadStream(path)) {
      const lines = (rest + decoder.decode(chunk as Buffer, { stream: true })).split(/\r\n|\r|\n/);
      rest = lines.pop() ?? "";
      if (lines.some(names)) return true;
    }
    return names(rest + decoder.decode());
  } catch (error) {
    if ((error as { code?: string }).code === "ENOENT") return false;
    throw error;
  }
}
