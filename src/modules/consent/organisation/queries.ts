import { sql } from "kysely";
import type { SystemTx, Tx } from "../../../kernel/database/index.ts";
import type { Channel } from "../../contacts/index.ts";

/** What the operator suppressed for the whole organisation: a key and no address. */
export interface OrganisationSuppression {
  subject: string;
  subject_type: "address" | "domain";
  channel: Channel | null;
  because: string;
}

/** Waits for workspaces in the making, and makes later ones wait. */
async function holdWorkspacesInTheMaking(tx: SystemTx): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(hashtext('organisation_suppressions'))`.execute(tx);
}

/** Notes it as a fact of the installation, for workspaces that are made later. */
export async function noteSuppression(
  tx: SystemTx,
  { subject, ...value }: OrganisationSuppression,
): Promise<void> {
  await holdWorkspacesInTheMaking(tx);
  await sql`
    INSERT INTO installation (name, value) VALUES (${`suppression:${subject}`}, ${JSON.stringify(value)}::jsonb)
    ON CONFLICT (name) DO UPDATE SET value = excluded.value`.execute(tx);
}

/** False when it was not suppressed everywhere. */
export async function noteUnsuppression(tx: SystemTx, subject: string, at: Date): Promise<boolean> {
  await holdWorkspacesInTheMaking(tx);
  const { rows } = await sql`
    UPDATE installation SET value = value || jsonb_build_object('lifted_at', ${at.toISOString()}::text)
    WHERE name = ${`suppression:${subject}`} AND value ->> 'lifted_at' IS NULL RETURNING name`.execute(
    tx,
  );
  return rows.length > 0;
}

/** What holds in every workspace. Takes the lock of a workspace in the making. */
export async function organisationSuppressions(tx: Tx): Promise<OrganisationSuppression[]> {
  const { rows } =
    await sql<OrganisationSuppression>`SELECT * FROM organisation_suppressions()`.execute(tx);
  return rows;
}

/** This workspace's standing copies of one. */
export async function standingCopies(tx: Tx, subject: string): Promise<string[]> {
  const { rows } = await sql<{ stop_id: string }>`
    SELECT stop_id FROM standing_stop
    WHERE workspace_id = ${tx.workspaceId} AND subject = ${subject} AND kind = 'suppression' AND cause = 'organisation'`.execute(
    tx,
  );
  return rows.map((row) => row.stop_id);
}
