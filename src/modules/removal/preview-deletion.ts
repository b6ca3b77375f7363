import { createHash } from "node:crypto";
import type { Tx } from "../../kernel/database/index.ts";
import { HeedError } from "../../kernel/errors.ts";
import type { Caller } from "../../kernel/http/index.ts";
import { newId, newToken } from "../../kernel/ids.ts";
import { type Permission, workspacePolicy } from "../access/index.ts";
import { type Selection, selectionAtMost, selectionQuery, type Viewer } from "../contacts/index.ts";
import { requireList } from "../lists/index.ts";
import {
  digestOf,
  freeze,
  insertDeletion,
  settleDeletions,
  updateDeletion,
} from "./deletion-queries.ts";
import type { Performer } from "./performer.ts";
import {
  campaignsUsing,
  countEffects,
  countExclusions,
  countLinked,
  countUnseenMembers,
  firstPeople,
  lockedOf,
  type Person,
  visibleAmong,
} from "./preview-queries.ts";
import {
  type BlockedCode,
  confirmation,
  daysAfter,
  type Mode,
  minutesAfter,
  previewMinutes,
  waysOut,
} from "./rules.ts";
import { countOpportunitiesThatGo } from "./shared-queries.ts";

const peopleShown = 10;
const blockedShown = 100;
/** From here on a plan made without knowing the frozen set would be a bad one. */
const settleFrom = 1_000;

export interface PreviewRequest {
  selection: Selection;
  mode: Mode;
  /** The selected list goes as well. */
  also?: "list" | undefined;
  /** For a clearing. */
  keepExclusions?: boolean;
  /** The erasure request that this answers. */
  requestId?: string | null;
  viewer: Viewer;
  by: Performer;
  now: Date;
}

export interface Preview {
  token: string;
  deletion_id: string;
  mode: Mode;
  digest: string;
  count: number;
  /** What must be typed. */
  confirm: string;
  linked: Record<string, number>;
  follow_ups_that_end: number;
  opportunities_that_go: number;
  stops_kept: number;
  /** How many were ever written to: those that `suppress` concerns. */
  written_to: number;
  blocked: { contact_id: string; code: BlockedCode }[];
  blocked_counts: { code: BlockedCode; count: number; way_out: string }[];
  exclusions: number | null;
  restorable_until: Date | null;
  approval_needed: boolean;
  people: Person[];
  expires_at: Date;
}

/** Which permission a mode needs. */
export function permissionFor(mode: Mode): Permission {
  return mode === "erase" ? "contacts.erase" : "contacts.delete";
}

/** Refuses deletion where the workspace only deactivates. Erasing is the person's right and stays. */
export async function requireDeletionOn(tx: Tx, mode: Mode): Promise<void> {
  if (mode !== "bin" || (await workspacePolicy(tx)).deletion !== "off") return;
  throw new HeedError(
    "deletion_off",
    "This workspace does not delete contacts. Deactivate them instead: nobody writes to them any more, and everything stays.",
    { instead: "deactivation" },
  );
}

/** How a selection is evaluated: erasing also finds those in the bin whom it names. */
export function selectedBy(viewer: Viewer, selection: Selection, mode: Mode) {
  return selectionQuery(viewer, selection, { withBin: mode === "erase" && "ids" in selection });
}

/**
 * Freezes the set that a deletion would act on and tells its whole effect. Nothing is deleted; the
 * token confirms exactly this set for 15 minutes.
 */
export async function previewDeletion(tx: Tx, request: PreviewRequest): Promise<Preview> {
  const { mode, viewer, now } = request;
  await requireDeletionOn(tx, mode);
  const listId = "list_id" in request.selection ? request.selection.list_id : null;
  await checkList(tx, { listId, also: request.also, mode });
  const policy = await workspacePolicy(tx);
  const id = newId();
  const token = newToken();
  const expiresAt = minutesAfter(now, previewMinutes);
  await insertDeletion(tx, {
    id,
    mode,
    requested_by: request.by.userId,
    api_key_id: request.by.apiKeyId,
    token_hash: hashOf(token),
    selection: request.selection,
    list_id: listId,
    also_list: request.also === "list",
    keep_exclusions: request.keepExclusions ?? true,
    request_id: request.requestId ?? null,
    previewed_at: now,
    expires_at: expiresAt,
  });
  const selected = selectedBy(viewer, request.selection, mode);
  const count = await freeze(tx, id, selected, selectionAtMost + 1, mode);
  if (count > selectionAtMost) {
    throw new HeedError(
      "selection_too_large",
      `The selection holds more than ${selectionAtMost} contacts. Narrow it, and delete the rest afterwards.`,
    );
  }
  if (count >= settleFrom) await settleDeletions(tx);
  const blocked = await blockedOf(tx, request, selected);
  const digest = await digestOf(tx, id);
  await updateDeletion(tx, id, {
    count,
    digest,
    blocked: Object.fromEntries(blocked.counts.map((each) => [each.code, each.count])),
  });
  return {
    token,
    deletion_id: id,
    mode,
    digest,
    count,
    confirm: confirmation(count),
    linked: await countLinked(tx, id),
    opportunities_that_go: await countOpportunitiesThatGo(tx, id),
    ...(await countEffects(tx, id)),
    blocked: blocked.first,
    blocked_counts: blocked.counts,
    exclusions: mode === "clear" && listId ? await countExclusions(tx, listId) : null,
    restorable_until: mode === "erase" ? null : daysAfter(now, policy.bin_days),
    approval_needed: mode !== "clear" && count > policy.approval_threshold,
    people: await firstPeople(tx, id, peopleShown),
    expires_at: expiresAt,
  };
}

export function hashOf(token: string): Buffer {
  return createHash("sha256").update(token).digest();
}

async function checkList(
  tx: Tx,
  asked: { listId: string | null; also: "list" | undefined; mode: Mode },
): Promise<void> {
  if (asked.listId === null) {
    if (asked.also === "list" || asked.mode === "clear") {
      throw new HeedError("validation_failed", "Select a list by list_id for this.");
    }
    return;
  }
  await requireList(tx, asked.listId);
  if (asked.also !== "list") return;
  const campaigns = await campaignsUsing(tx, asked.listId);
  if (campaigns.length > 0) {
    throw new HeedError(
      "list_in_use",
      "Campaigns that are not finished go to this list or leave it out. Finish them or choose another list there first.",
      { campaign_ids: campaigns },
    );
  }
}

async function blockedOf(
  tx: Tx,
  request: PreviewRequest,
  selected: ReturnType<typeof selectedBy>,
): Promise<
  Pick<Preview, "blocked"> & { first: Preview["blocked"]; counts: Preview["blocked_counts"] }
> {
  const blocked: Preview["blocked"] = [];
  const counts = new Map<BlockedCode, number>();
  const add = (code: BlockedCode, ids: readonly string[], count = ids.length) => {
    if (count === 0) return;
    counts.set(code, (counts.get(code) ?? 0) + count);
    blocked.push(...ids.map((contact_id) => ({ contact_id, code })));
  };
  if (request.mode !== "clear") {
    const locked = await lockedOf(tx, selected, blockedShown);
    add("contact_locked_by_crm", locked.first, locked.count);
  }
  if ("ids" in request.selection) {
    const ids = [...new Set(request.selection.ids.map((each) => each.toLowerCase()))];
    const visible = await visibleAmong(tx, request.viewer, ids);
    if (request.mode !== "erase")
      add(
        "in_bin",
        ids.filter((id) => visible.get(id)?.inBin),
      );
    add(
      "not_found",
      ids.filter((id) => !visible.has(id)),
    );
  }
  if ("list_id" in request.selection && request.viewer.ownOnly) {
    add(
      "not_visible",
      [],
      await countUnseenMembers(tx, request.selection.list_id, request.viewer.userId),
    );
  }
  return {
    blocked,
    first: blocked.slice(0, blockedShown),
    counts: [...counts].map(([code, count]) => ({ code, count, way_out: waysOut[code] })),
  };
}

/** Refuses a mode that the caller may not use; the route itself asks for contacts.delete. */
export async function requireMode(
  caller: Caller,
  mode: Mode,
  refuse: (permission: string) => Promise<HeedError>,
): Promise<void> {
  const permission = permissionFor(mode);
  if (!caller.permissions.has(permission)) throw await refuse(permission);
}
