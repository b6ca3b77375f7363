import type { Readable } from "node:stream";
import type { Database } from "../../kernel/database/index.ts";
import type { Caller } from "../../kernel/http/index.ts";
import { newId } from "../../kernel/ids.ts";
import { actorOf, record } from "../ledger/index.ts";
import { inspectFile } from "./import-file.ts";
import { findImport, type Import, insertImport } from "./queries.ts";
import { removeUpload, storeUpload, uploadPath } from "./store-upload.ts";

/** Keeps an uploaded file and says what it is; one that cannot be read leaves nothing behind. */
export async function uploadFile(
  db: Database,
  act: { dataDir: string; caller: Caller; fileName: string; source: Readable },
): Promise<{ found: Import; seen: Awaited<ReturnType<typeof inspectFile>> }> {
  const { dataDir, caller } = act;
  const id = newId();
  const bytes = await storeUpload(dataDir, id, act.source);
  try {
    const seen = await inspectFile(uploadPath(dataDir, id));
    const found = await db.inWorkspace(caller.workspaceId, async (tx) => {
      await insertImport(tx, {
        id,
        file_name: act.fileName.replace(/[\p{Cc}\p{Cs}]/gu, "").slice(0, 200) || "upload.csv",
        stored_as: id,
        bytes,
        encoding: seen.encoding,
        delimiter: seen.delimiter,
        header: seen.header,
        mapping: seen.proposed.map(({ column, field }) => ({ column, field })),
        created_by: caller.userId,
      });
      await record(tx, {
        act: "import.uploaded",
        actor: actorOf(caller),
        subjectId: id,
        detail: { bytes },
      });
      return (await findImport(tx, id)) as Import;
    });
    return { found, seen };
  } catch (error) {
    await removeUpload(dataDir, id);
    throw error;
  }
}
