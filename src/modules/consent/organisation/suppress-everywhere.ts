import type { Database, Tx } from "../../../kernel/database/index.ts";
import { newId } from "../../../kernel/ids.ts";
import type { Secrets } from "../../../kernel/secrets.ts";
import { listWorkspaceIds } from "../../access/index.ts";
import { keyOfAddress, keyOfDomain } from "../../contacts/index.ts";
import { operator } from "../../ledger/index.ts";
import { liftStop } from "../lift-stop.ts";
import { makeStops, type UnderWay } from "../make-stop.ts";
import type { StopRow } from "../queries.ts";
import {
  noteSuppression,
  noteUnsuppression,
  type OrganisationSuppression,
  organisationSuppressions,
  standingCopies,
} from "./queries.ts";

/** What came of it in one workspace. */
export interface SuppressedIn {
  workspaceId: string;
  /** False where it stood already. */
  added: boolean;
  cancelledMessages: number;
  underWay: UnderWay[];
}

/**
 * Suppresses an address (email or number) or a domain (`@example.org`) in every workspace there
 * is and every one that is made later. Interrupted, it is repeated: what stands stays (S7).
 * @throws HeedError address_invalid
 */
export async function suppressEverywhere(
  db: Database,
  request: { who: string; because: string },
): Promise<SuppressedIn[]> {
  const { address, ...named } = subjectOf(db.secrets, request.who);
  const suppression = { ...named, because: request.because };
  // First for the workspaces to come: one that is being made now is waited for, and listed below.
  await db.asSystem((tx) => noteSuppression(tx, suppression));
  const done: SuppressedIn[] = [];
  for (const workspaceId of await db.asSystem(listWorkspaceIds)) {
    const { added, receipt } = await db.inWorkspace(workspaceId, (tx) =>
      makeStops(tx, [rowOf(suppression, address)]),
    );
    done.push({ workspaceId, added: added.length > 0, ...receipt });
  }
  return done;
}

/** Takes it back, as the operator, who alone may. Answers in how many workspaces it stood. */
export async function unsuppressEverywhere(
  db: Database,
  request: { who: string; authorization: string },
): Promise<number> {
  const { subject } = subjectOf(db.secrets, request.who);
  await db.asSystem((tx) => noteUnsuppression(tx, subject, new Date()));
  let lifted = 0;
  for (const workspaceId of await db.asSystem(listWorkspaceIds)) {
    await db.inWorkspace(workspaceId, async (tx) => {
      for (const stopId of await standingCopies(tx, subject)) {
        await liftStop(tx, {
          stopId,
          actor: operator,
          lifter: { as: "operator", permissions: new Set() },
          authorization: request.authorization,
        });
        lifted += 1;
      }
    });
  }
  return lifted;
}

/** Gives a workspace in the making what holds everywhere. */
export async function takeOrganisationStops(tx: Tx): Promise<void> {
  const held = await organisationSuppressions(tx);
  await makeStops(
    tx,
    held.map((each) => rowOf(each, null)),
  );
}

function subjectOf(
  secrets: Secrets,
  who: string,
): Omit<OrganisationSuppression, "because"> & { address: string } {
  if (who.startsWith("@")) {
    const { key, domain } = keyOfDomain(secrets, who.slice(1));
    return { subject: key, subject_type: "domain", channel: null, address: domain };
  }
  const email = who.includes("@");
  const { key, value } = keyOfAddress(secrets, email ? "email" : "sms", who);
  // A number is suppressed on every channel that could reach it.
  return {
    subject: key,
    subject_type: "address",
    channel: email ? "email" : null,
    address: value,
  };
}

function rowOf(suppression: OrganisationSuppression, address: string | null): StopRow {
  return {
    ...suppression,
    id: newId(),
    kind: "suppression",
    cause: "organisation",
    topic_id: null,
    campaign_id: null,
    direction: "outbound",
    actor_type: operator.type,
    actor_id: operator.id,
    contact_id: null,
    address,
    evidence: {},
  };
}
