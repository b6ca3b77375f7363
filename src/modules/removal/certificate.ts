import type { Tx } from "../../kernel/database/index.ts";
import { HeedError } from "../../kernel/errors.ts";
import { findDeletion } from "./deletion-queries.ts";
import { holdings, notOfContacts } from "./personal-data.ts";
import { findRequest } from "./request-queries.ts";

/** What was erased when, without naming anybody beyond the request's own reference. */
export interface Certificate {
  id: string;
  reference: string | null;
  received_at: string | null;
  due_at: string | null;
  requested_by: string | null;
  confirmed_at: string;
  erased_at: string;
  contacts: number;
  /** Rows deleted or blanked, by table. */
  erased: Record<string, number>;
  /** What stays, and why. */
  kept: { what: string; why: string }[];
  digest: string;
}

/** The certificate of a finished erasure. Throws `not_found`, and `state_conflict` while it is at work. */
export async function certificateOf(tx: Tx, deletionId: string): Promise<Certificate> {
  const deletion = await findDeletion(tx, deletionId);
  if (deletion?.mode !== "erase" || deletion.confirmed_at === null)
    throw new HeedError("not_found", "There is no such erasure.");
  if (deletion.state !== "done" || deletion.finished_at === null) {
    throw new HeedError(
      "state_conflict",
      "This erasure is not finished, so nothing is certified yet.",
      {
        state: deletion.state,
      },
    );
  }
  const request = deletion.request_id ? await findRequest(tx, deletion.request_id) : undefined;
  return {
    id: deletion.id,
    reference: request?.reference ?? null,
    received_at: request?.received_at.toISOString() ?? null,
    due_at: request?.due_at.toISOString() ?? null,
    requested_by: deletion.requested_by,
    confirmed_at: deletion.confirmed_at.toISOString(),
    erased_at: deletion.finished_at.toISOString(),
    contacts: deletion.removed,
    erased: deletion.erased,
    kept: [
      ...holdings.flatMap(({ table, keeps }) => (keeps ? [{ what: table, why: keeps }] : [])),
      ...(["stop", "ledger_entry", "campaign_result"] as const).map((what) => ({
        what,
        why: notOfContacts[what] ?? "",
      })),
    ],
    digest: deletion.digest,
  };
}

/** The same as lines of a page. */
export function linesOf(certificate: Certificate): string[] {
  return [
    "Certificate of erasure (GDPR, Article 17)",
    `Number: ${certificate.id}`,
    `Reference of the request: ${certificate.reference ?? "none"}`,
    `Received: ${certificate.received_at ?? "not recorded"}`,
    `To be answered by: ${certificate.due_at ?? "not recorded"}`,
    `Confirmed: ${certificate.confirmed_at}`,
    `Erased: ${certificate.erased_at}`,
    `Contacts erased: ${certificate.contacts}`,
    `Digest of the erased set: ${certificate.digest}`,
    "",
    "Rows deleted or blanked, by table:",
    ...Object.entries(certificate.erased)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([table, rows]) => `  ${table}: ${rows}`),
    "",
    "Kept, without the person's data:",
    ...certificate.kept.map(({ what, why }) => `  ${what}: ${why}`),
  ];
}
