import type { Database } from "../../../kernel/database/index.ts";
import { listWorkspaceIds } from "../../access/index.ts";
import { readReturnAddress, workspaceOfAddress } from "../../sending/index.ts";

/**
 * The workspace that mail to this address is for: by the signature of a return
 * or reply address of ours, else as the address of one of its sending accounts.
 * Null for any other.
 */
export function findRecipient(db: Database, address: string): Promise<string | null> {
  return db.asSystem(async (tx) => {
    const local = address.slice(0, address.lastIndexOf("@"));
    const returned = readReturnAddress(db.secrets, local, await listWorkspaceIds(tx));
    return returned?.workspaceId ?? (await workspaceOfAddress(tx, address));
  });
}
