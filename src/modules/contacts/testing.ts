import { sql } from "kysely";
import type { Database, Tx } from "../../kernel/database/index.ts";
import { newId } from "../../kernel/ids.ts";
import { system } from "../ledger/index.ts";
import { createContact } from "./create-contact.ts";
import { editContact } from "./edit-contact.ts";
import type { LiveContact } from "./queries.ts";
import type { ContactChanges, NewContact } from "./schemas.ts";
import type { Viewer } from "./visibility.ts";

/** Sees every contact. */
export const everybody: Viewer = { userId: newId(), ownOnly: false };

export interface World {
  workspaceId: string;
  userId: string;
  otherUserId: string;
  /** Sees only what `userId` owns. */
  own: Viewer;
  act<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  create(contact: NewContact, viewer?: Viewer): Promise<LiveContact>;
  edit(
    contactId: string,
    changes: ContactChanges,
    viewer?: Viewer,
  ): Promise<{ contact: LiveContact; rekeyed: { keysBefore: string[]; keysAfter: string[] }[] }>;
}

/** A workspace with two users, for tests. */
export async function buildWorld(db: Database): Promise<World> {
  const [workspaceId, roleId, userId, otherUserId] = [newId(), newId(), newId(), newId()];
  await db.inWorkspace(workspaceId, async (tx) => {
    await sql`INSERT INTO workspace (workspace_id, name) VALUES (${workspaceId}, 'Test')`.execute(
      tx,
    );
    await sql`INSERT INTO role (workspace_id, id, name, permissions) VALUES (${workspaceId}, ${roleId}, 'Any', '{}')`.execute(
      tx,
    );
    for (const id of [userId, otherUserId]) {
      await sql`INSERT INTO app_user (workspace_id, id, role_id, email, name)
        VALUES (${workspaceId}, ${id}, ${roleId}, ${`${id}@example.org`}, 'User')`.execute(tx);
    }
  });
  const act: World["act"] = (work) => db.inWorkspace(workspaceId, work);
  return {
    workspaceId,
    userId,
    otherUserId,
    own: { userId, ownOnly: true },
    act,
    create: (contact, viewer = everybody) =>
      act((tx) => createContact(tx, { contact, viewer, actor: system })),
    edit: (contactId, changes, viewer = everybody) =>
      act(async (tx) => {
        const rekeyed: { keysBefore: string[]; keysAfter: string[] }[] = [];
        const contact = await editContact(tx, {
          contactId,
          changes,
          viewer,
          actor: system,
          afterAddressChange: async (_tx, { keysBefore, keysAfter }) =>
            void rekeyed.push({ keysBefore, keysAfter }),
        });
        return { contact, rekeyed };
      }),
  };
}
