import type { Tx } from "../../../kernel/database/index.ts";
import { isHeedError } from "../../../kernel/errors.ts";
import { liftStop } from "../lift-stop.ts";
import { findStop } from "../queries.ts";
import type { UndoToken, UnsubscribeToken } from "./token.ts";

/** Takes one press back, as the recipient. True when it is taken back, also by an earlier request. */
export async function undoUnsubscribe(
  tx: Tx,
  request: { token: UnsubscribeToken; undo: UndoToken },
): Promise<boolean> {
  const stop = await findStop(tx, request.undo.stopId);
  if (request.undo.workspaceId !== request.token.workspaceId || stop?.subject !== request.token.key)
    return false;
  if (!stop.standing) return true;
  try {
    await liftStop(tx, {
      stopId: stop.id,
      actor: { type: "recipient", id: null },
      lifter: { as: "recipient", permissions: new Set() },
      authorization: "pressed undo on the unsubscribe page",
    });
  } catch (error) {
    // Two presses on undo at once: the other one lifted it.
    if (!isHeedError(error) || error.code !== "state_conflict") throw error;
  }
  return true;
}
