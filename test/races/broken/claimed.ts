import type { ClaimedMessage, NewMessage } from "../../../src/modules/sending/index.ts";

/** A message as a broken form marks it: what it saw of the fences does not matter. */
export function claimed(message: NewMessage): ClaimedMessage {
  return {
    ...message,
    preview_contact_id: null,
    attempts: 0,
    faults: 0,
    fences: { contact: 0, key: 0, workspace: 0 },
  };
}
