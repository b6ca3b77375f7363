import { pipeline, type Readable } from "node:stream";
import { stringify } from "csv-stringify";
import type { Database } from "../../../kernel/database/index.ts";
import { type Actor, record } from "../../ledger/index.ts";
import { type AddressStop, listAddressStops } from "./queries.ts";

const columns = [
  "address",
  "bound_to",
  "kind",
  "channel",
  "cause",
  "because",
  "made_at",
  "made_by",
  "stop_id",
];
const rowsPerPage = 2_000;

/** Every standing stop on an address or domain as CSV, read page by page. No cell runs as a formula. */
export async function exportSuppressions(
  db: Database,
  request: { workspaceId: string; kinds: readonly string[]; actor: Actor },
): Promise<Readable> {
  const { kinds } = request;
  await db.inWorkspace(request.workspaceId, (tx) =>
    record(tx, { act: "suppressions.exported", actor: request.actor, detail: { kinds } }),
  );
  const pageBefore = (before: string | null): Promise<AddressStop[]> =>
    db.inWorkspace(request.workspaceId, (tx) =>
      listAddressStops(tx, { kinds, patterns: null, keys: [], before, limit: rowsPerPage }),
    );
  async function* rows(): AsyncGenerator<string[]> {
    yield columns;
    let before: string | null = null;
    for (;;) {
      const stops = await pageBefore(before);
      for (const stop of stops) {
        yield [
          harmless(stop.address ?? ""),
          stop.subject_type,
          stop.kind,
          stop.channel ?? "every",
          stop.cause,
          harmless(stop.because),
          stop.made_at.toISOString(),
          stop.actor_type,
          stop.id,
        ];
      }
      before = stops.at(-1)?.id ?? null;
      if (stops.length < rowsPerPage) return;
    }
  }
  const output = stringify({ escape_formulas: true, bom: true, record_delimiter: "windows" });
  pipeline(rows, output, () => {
    // Whoever reads `output` learns of a failure by its "error" event.
  });
  return output;
}

/** csv-stringify guards = + - @ only as the very first letter; Excel also looks behind blanks and at full-width ones. */
function harmless(cell: string): string {
  const text = cell.replaceAll("\0", "");
  return /^(?:[\s\u200B\uFEFF]+[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]|[\uFF1D\uFF0B\uFF0D\uFF20])/u.test(
    text,
  )
    ? `'${text}`
    : text;
}
