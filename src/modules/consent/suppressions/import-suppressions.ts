import type { Database } from "../../../kernel/database/index.ts";
import { HeedError, isHeedError } from "../../../kernel/errors.ts";
import { newId } from "../../../kernel/ids.ts";
import type { Secrets } from "../../../kernel/secrets.ts";
import { type Channel, keyOfAddress, keyOfDomain } from "../../contacts/index.ts";
import { type Actor, record } from "../../ledger/index.ts";
import { makeStops } from "../make-stop.ts";
import type { StopRow } from "../queries.ts";
import { parseSuppressions } from "./parse-suppressions.ts";
import { domainOf } from "./search-pattern.ts";

export interface SuppressionImport {
  added: number;
  /** Suppressed by an import before, or on several lines of the list. */
  already: number;
  rejected: { line: number; reason: string }[];
}

const rowsPerTransaction = 2_000;

/**
 * Suppresses every address and domain of a list. In short transactions, so that
 * sending is not held up; interrupted, it is repeated, and what stands stays (S7).
 */
export async function importSuppressions(
  db: Database,
  request: { workspaceId: string; text: string; because: string; actor: Actor },
): Promise<SuppressionImport> {
  const rows: StopRow[] = [];
  const rejected: SuppressionImport["rejected"] = [];
  for (const { line, text } of parseSuppressions(request.text)) {
    try {
      const named = subjectOfLine(db.secrets, text);
      rows.push(suppression(named, { because: request.because, line, actor: request.actor }));
    } catch (error) {
      if (!isHeedError(error)) throw error;
      rejected.push({ line, reason: error.message });
    }
  }
  let added = 0;
  for (const batch of inBatches(rows)) {
    added += await db.inWorkspace(
      request.workspaceId,
      async (tx) => (await makeStops(tx, batch)).added.length,
    );
  }
  const counts = { added, already: rows.length - added };
  await db.inWorkspace(request.workspaceId, (tx) =>
    record(tx, {
      act: "suppressions.imported",
      actor: request.actor,
      detail: { ...counts, rejected: rejected.length },
    }),
  );
  return { ...counts, rejected };
}

type Named = Pick<StopRow, "subject_type" | "subject" | "channel" | "address">;

/** What a line names. @throws HeedError that says what is wrong with it */
function subjectOfLine(secrets: Secrets, written: string): Named {
  // Spreadsheets, and our own export, put an apostrophe before "+" to keep it text.
  const text = written.replace(/^'/, "").trim();
  const domain =
    text.includes("@") && !/^\*?@/.test(text) ? null : domainOf(text.replace(/^\*\./, ""));
  if (domain) {
    const { key, domain: address } = keyOfDomain(secrets, domain);
    return { subject_type: "domain", subject: key, channel: null, address };
  }
  if (text.startsWith("+")) return addressOn(secrets, "sms", text, null);
  if (text.includes("@")) return addressOn(secrets, "email", text, "email");
  throw new HeedError(
    "not_an_address",
    "This is neither an address nor a domain. Write ann@example.org, example.org or +32470123456.",
  );
}

/** A telephone number is suppressed on every channel that could reach it. */
function addressOn(secrets: Secrets, kind: Channel, text: string, channel: Channel | null): Named {
  const { key, value } = keyOfAddress(secrets, kind, text);
  return { subject_type: "address", subject: key, channel, address: value };
}

function suppression(
  named: Named,
  origin: { because: string; line: number; actor: Actor },
): StopRow {
  return {
    ...named,
    id: newId(),
    kind: "suppression",
    cause: "import",
    topic_id: null,
    campaign_id: null,
    direction: "outbound",
    actor_type: origin.actor.type,
    actor_id: origin.actor.id,
    contact_id: null,
    because: origin.because,
    evidence: { line: origin.line },
  };
}

/** Domains apart: their fence is the whole workspace's, and must not be held while addresses are written. */
function* inBatches(rows: readonly StopRow[]): Generator<StopRow[]> {
  for (const type of ["domain", "address"]) {
    const some = rows.filter((row) => row.subject_type === type);
    for (let at = 0; at < some.length; at += rowsPerTransaction)
      yield some.slice(at, at + rowsPerTransaction);
  }
}
