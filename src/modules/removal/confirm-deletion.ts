import type { Tx } from "../../kernel/database/index.ts";
import { HeedError } from "../../kernel/errors.ts";
import { enqueueJob } from "../../kernel/jobs/index.ts";
import { workspacePolicy } from "../access/index.ts";
import type { Selection, Viewer } from "../contacts/index.ts";
import { type Actor, record } from "../ledger/index.ts";
import {
  compareWithFrozen,
  type Deletion,
  lockByToken,
  lockDeletion,
  settleDeletions,
  updateDeletion,
} from "./deletion-queries.ts";
import type { Performer } from "./performer.ts";
import { hashOf, requireDeletionOn, selectedBy } from "./preview-deletion.ts";
import { approvalHours, confirmation, confirms, daysAfter, minutesAfter } from "./rules.ts";

export interface Confirmed {
  deletion_id: string;
  /** Null while it waits for approval. */
  job_id: string | null;
  state: Deletion["state"];
}

/**
 * Confirms a previewed deletion: queues it, or lets it wait for a second person. Throws, and does
 * nothing, when the word or number is wrong, the preview is too old, another's, used already, or no
 * longer what the selection holds (D1).
 */
export async function confirmDeletion(
  tx: Tx,
  act: {
    token: string;
    confirm: string;
    suppress: boolean;
    viewer: Viewer;
    by: Performer;
    actor: Actor;
    now: Date;
  },
): Promise<Confirmed> {
  const { now } = act;
  const deletion = await lockByToken(tx, hashOf(act.token));
  // Another's token is as good as none: it says nothing about what they were about to do.
  if (!deletion || deletion.requested_by !== act.by.userId) {
    throw new HeedError(
      "preview_unknown",
      "There is no such preview of yours. Look at the preview again and confirm that one; nothing was deleted.",
    );
  }
  if (deletion.state !== "previewed") {
    throw new HeedError(
      "preview_used",
      "This preview was confirmed already. Nothing more was done.",
      { deletion_id: deletion.id, state: deletion.state },
    );
  }
  if (now.getTime() >= deletion.expires_at.getTime()) {
    throw new HeedError(
      "preview_expired",
      "This preview is older than 15 minutes. Look at it again; nothing was deleted.",
    );
  }
  if (!confirms(act.confirm, deletion.count)) {
    throw new HeedError(
      "confirmation_wrong",
      `Type ${confirmation(deletion.count)} to confirm. Nothing was deleted.`,
      { expected: confirmation(deletion.count) },
    );
  }
  await requireDeletionOn(tx, deletion.mode);
  await requireUnchanged(tx, deletion, act.viewer);
  await updateDeletion(tx, deletion.id, {
    selection: null,
    suppress: act.suppress,
    confirmed_at: now,
  });
  const { approval_threshold } = await workspacePolicy(tx);
  if (deletion.mode !== "clear" && deletion.count > approval_threshold) {
    await updateDeletion(tx, deletion.id, {
      state: "awaiting_approval",
      expires_at: minutesAfter(now, approvalHours * 60),
    });
    await record(tx, {
      act: "deletion.requested",
      actor: act.actor,
      subjectId: deletion.id,
      detail: { mode: deletion.mode, contacts: deletion.count, digest: deletion.digest },
    });
    return { deletion_id: deletion.id, job_id: null, state: "awaiting_approval" };
  }
  return begin(tx, deletion, { actor: act.actor, now });
}

async function requireUnchanged(tx: Tx, deletion: Deletion, viewer: Viewer): Promise<void> {
  const selected = selectedBy(viewer, deletion.selection as Selection, deletion.mode);
  const change = await compareWithFrozen(tx, deletion.id, selected, deletion.mode);
  if (change.added + change.gone + change.changed === 0) return;
  throw new HeedError(
    "preview_changed",
    `Since the preview ${change.added} contacts came to the selection, ${change.gone} left it and ${change.changed} were changed. Look at it again; nothing was deleted.`,
    change,
  );
}

/** Queues the work in the transaction that decides on it; from here on the window runs. */
async function begin(
  tx: Tx,
  deletion: Deletion,
  how: { actor: Actor; now: Date; approvedBy?: string },
): Promise<Confirmed> {
  const { bin_days } = await workspacePolicy(tx);
  if (deletion.count >= 1_000) await settleDeletions(tx);
  const jobId = await enqueueJob(tx, {
    kind: `removal.${deletion.mode === "bin" ? "delete" : deletion.mode}`,
    payload: { deletion_id: deletion.id },
    requestedBy: deletion.requested_by,
    total: deletion.count,
  });
  await updateDeletion(tx, deletion.id, {
    state: "running",
    job_id: jobId,
    restorable_until: deletion.mode === "erase" ? null : daysAfter(how.now, bin_days),
    ...(how.approvedBy ? { approved_by: how.approvedBy } : {}),
  });
  await record(tx, {
    act: "deletion.started",
    actor: how.actor,
    subjectId: deletion.id,
    detail: { mode: deletion.mode, contacts: deletion.count, digest: deletion.digest },
  });
  return { deletion_id: deletion.id, job_id: jobId, state: "running" };
}

/**
 * The second person's yes to a large deletion. It acts on the set that was frozen; whoever has been
 * deleted, locked or lost from sight since is skipped and named among the job's items.
 */
export async function approveDeletion(
  tx: Tx,
  act: { deletionId: string; userId: string; actor: Actor; now: Date },
): Promise<Confirmed> {
  const deletion = await requireAwaiting(tx, act.deletionId, act.now);
  if (deletion.requested_by === act.userId) {
    throw new HeedError(
      "approval_by_another",
      "Another person who may delete has to approve this. You asked for it yourself.",
    );
  }
  await requireDeletionOn(tx, deletion.mode);
  await record(tx, {
    act: "deletion.approved",
    actor: act.actor,
    subjectId: deletion.id,
    detail: { contacts: deletion.count },
  });
  return begin(tx, deletion, { actor: act.actor, now: act.now, approvedBy: act.userId });
}

/** Takes back a deletion that waits for approval: whoever asked for it, or whoever could approve it. */
export async function withdrawDeletion(
  tx: Tx,
  act: { deletionId: string; actor: Actor; now: Date },
): Promise<void> {
  const deletion = await requireAwaiting(tx, act.deletionId, act.now);
  await updateDeletion(tx, deletion.id, { state: "cancelled", finished_at: act.now });
  await record(tx, { act: "deletion.withdrawn", actor: act.actor, subjectId: deletion.id });
}

async function requireAwaiting(tx: Tx, id: string, now: Date): Promise<Deletion> {
  const deletion = await lockDeletion(tx, id);
  if (!deletion) throw new HeedError("not_found", "There is no such deletion.");
  if (deletion.state !== "awaiting_approval") {
    throw new HeedError("state_conflict", "This deletion does not wait for approval.", {
      state: deletion.state,
    });
  }
  if (now.getTime() >= deletion.expires_at.getTime()) {
    throw new HeedError(
      "approval_expired",
      "Nobody approved this deletion within 72 hours, so it has lapsed. Preview it again.",
    );
  }
  return deletion;
}
