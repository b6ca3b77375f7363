import type { Tx } from "../../../kernel/database/index.ts";
import type { DoneItem } from "../../../kernel/jobs/index.ts";
import type { Permission } from "../../access/index.ts";
import type { Holder } from "./holder.ts";

/** What came of one contact. */
export interface ContactResult {
  contactId: string;
  /** `skipped` where nothing was done although it was asked; the reason says why. */
  outcome: "done" | "skipped";
  reason?: string;
  /** What undoing it needs to know. */
  detail?: Record<string, unknown>;
}

export interface ContactsResult {
  counts: Record<string, number>;
  /** One for each contact of the batch. */
  results: readonly ContactResult[];
  /** Counts that are known only after the commit: messages that were under way. */
  afterCommit?: () => Record<string, number>;
}

/** One thing that can be done to many contacts: at once to a few, as a job to up to 1,000,000. */
export interface ContactsAct<P extends object> {
  /** The kind of its job. */
  kind: string;
  /** Asked for again at each batch. */
  permission: Permission;
  /** Contacts per transaction. */
  batchSize: number;
  title(params: P): string;
  /** Does it to contacts that are live and that the holder sees; set-based, in the caller's transaction. */
  act(
    tx: Tx,
    batch: { contactIds: readonly string[]; params: P; holder: Holder },
  ): Promise<ContactsResult>;
  undo?: ContactsUndo<P>;
  /** Why it is never taken back as a whole, where `undo` is absent. */
  cannotUndo?: string;
}

/** How a ContactsAct is taken back, by what its items kept. */
export interface ContactsUndo<P extends object> {
  kind: string;
  permission: Permission;
  title(params: P): string;
  /** Takes back these items, whose contacts are live and visible; leaves what changed since. */
  act(
    tx: Tx,
    batch: { items: readonly DoneItem[]; params: P; holder: Holder; because: string },
  ): Promise<ContactsResult>;
}
