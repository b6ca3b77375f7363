import { isDeepStrictEqual } from "node:util";
import type { Tx } from "../../kernel/database/index.ts";
import { HeedError } from "../../kernel/errors.ts";
import type { Caller } from "../../kernel/http/index.ts";
import { enqueueJob } from "../../kernel/jobs/index.ts";
import { type Actor, actorOf, record } from "../ledger/index.ts";
import { requireList } from "../lists/index.ts";
import type { ColumnMapping } from "./csv/mapping.ts";
import { type Import, type ImportState, lockImport, updateImport } from "./queries.ts";
import { planOf } from "./rows/plan.ts";
import type { Mode } from "./rules.ts";

/** How a file is to be imported. */
export interface Choices {
  mapping: ColumnMapping[];
  mode: Mode;
  listId: string | null;
  defaultCountry: string | null;
}

/** What an import's jobs carry. */
export interface Payload {
  import_id: string;
  actor: Actor;
  owner_id: string | null;
}

/** Queues a dry run. Throws where the mapping cannot be imported. */
export async function startDryRun(
  tx: Tx,
  act: { importId: string; caller: Caller; choices: Partial<Choices> },
): Promise<string> {
  const found = await requireImport(tx, act.caller, act.importId, ["uploaded", "checked"]);
  requireFile(found);
  await choose(tx, found, { ...choicesOf(found), ...act.choices });
  return queue(tx, "import.dry_run", "checking", found, act.caller);
}

/** Queues the run; one that was cancelled or failed goes on where it was, with the choices it began with. */
export async function startRun(
  tx: Tx,
  act: { importId: string; caller: Caller; choices: Partial<Choices> },
): Promise<string> {
  const found = await requireImport(tx, act.caller, act.importId, [
    "uploaded",
    "checked",
    "cancelled",
    "failed",
  ]);
  requireFile(found);
  if (found.checkpoint.undo) {
    throw new HeedError(
      "state_conflict",
      "Part of this import was undone already. Undo the rest, then upload the file again.",
      {
        state: found.state,
      },
    );
  }
  const begun = (found.checkpoint.row ?? 0) > 0;
  const choices = { ...choicesOf(found), ...act.choices };
  if (begun && !isDeepStrictEqual(choicesOf(found), choices)) {
    throw new HeedError(
      "state_conflict",
      "Part of this file was imported with another mapping, mode or list. Run it with the same ones, or undo it and upload the file again.",
      { began_with: choicesOf(found) },
    );
  }
  if (!begun) await choose(tx, found, choices);
  const jobId = await queue(tx, "import.run", "running", found, act.caller);
  await record(tx, {
    act: "import.started",
    actor: actorOf(act.caller),
    subjectId: found.id,
    detail: {
      mode: choices.mode,
      list_id: choices.listId,
      job_id: jobId,
      from_row: found.checkpoint.row ?? 0,
    },
  });
  return jobId;
}

/** Queues the undo of what was applied. */
export async function startUndo(
  tx: Tx,
  act: { importId: string; caller: Caller },
): Promise<string> {
  const found = await requireImport(tx, act.caller, act.importId, [
    "finished",
    "cancelled",
    "failed",
    "running",
  ]);
  // `heed import` has no job; killed, it leaves "running" behind. Alive, it stops at its next batch.
  if (found.state === "running" && found.job_id !== null) throw inState(found);
  return queue(tx, "import.undo", "undoing", found, act.caller);
}

async function requireImport(
  tx: Tx,
  caller: Caller,
  importId: string,
  allowed: readonly ImportState[],
): Promise<Import> {
  const found = await lockImport(tx, importId);
  if (!found || !isVisibleTo(caller, found)) throw noImport();
  if (!allowed.includes(found.state)) throw inState(found);
  return found;
}

function inState({ state }: Import): HeedError {
  return new HeedError("state_conflict", whyNot[state], { state });
}

const whyNot: Readonly<Record<ImportState, string>> = {
  uploaded: "Nothing of this import was applied yet. Run it first.",
  checked: "Nothing of this import was applied yet. Run it first.",
  checking: "The dry run is under way. Wait for its job, or cancel it.",
  running: "This import is running. Wait for its job, or cancel it.",
  finished: "This import is finished. Upload the file again to import it again, or undo this one.",
  cancelled: "This import was cancelled. Run it again to go on, or undo it.",
  failed: "This import failed. Run it again to go on, or undo it.",
  undoing: "This import is being undone. Wait for its job.",
  undone: "This import was undone. Upload the file again to import it again.",
};

/** Somebody who sees only their own contacts sees only their own imports. */
export function isVisibleTo(caller: Caller, found: Import): boolean {
  return !caller.ownOnly || found.created_by === caller.userId;
}

export function noImport(): HeedError {
  return new HeedError("not_found", "There is no such import.");
}

function requireFile(found: Import): void {
  if (found.stored_as !== null) return;
  throw new HeedError("import_file_gone", "The file of this import is not kept. Upload it again.");
}

function choicesOf(found: Import): Choices {
  return {
    mapping: found.mapping,
    mode: found.mode,
    listId: found.list_id,
    defaultCountry: found.default_country,
  };
}

async function choose(tx: Tx, found: Import, choices: Choices): Promise<void> {
  planOf(found.header, choices.mapping);
  if (choices.listId !== null) await requireList(tx, choices.listId);
  await updateImport(tx, found.id, {
    mapping: choices.mapping,
    mode: choices.mode,
    list_id: choices.listId,
    default_country: choices.defaultCountry,
  });
}

async function queue(
  tx: Tx,
  kind: string,
  state: ImportState,
  found: Import,
  caller: Caller,
): Promise<string> {
  const payload: Payload = {
    import_id: found.id,
    actor: actorOf(caller),
    owner_id: caller.ownOnly ? caller.userId : null,
  };
  const jobId = await enqueueJob(tx, { kind, payload: { ...payload }, requestedBy: caller.userId });
  await updateImport(tx, found.id, { state, job_id: jobId });
  return jobId;
}
