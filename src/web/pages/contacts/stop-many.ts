import { answer, api } from "../../api/client.ts";
import { ApiError } from "../../api/error.ts";
import type { Selection } from "../../api/types.ts";
import type { BulkStop } from "./ContactBulkBar.tsx";
import { type ContactSearch, queryOf } from "./search.ts";

export interface StopProgress {
  done: number;
  total: number | null;
  failed: number;
  /** The first refusal, in the API's words. */
  message: string | null;
  underWay: number;
}

interface StopMany {
  stop: BulkStop;
  because: string;
  selection: Selection;
  search: ContactSearch;
  signal: AbortSignal;
  onProgress: (progress: StopProgress) => void;
}

const atOnce = 4;

/**
 * Stops each contact of a selection, one request each: every stop is acknowledged
 * by itself and none is undone by a later failure. Halts between contacts.
 */
export async function stopMany(order: StopMany): Promise<StopProgress> {
  const progress: StopProgress = { done: 0, total: null, failed: 0, message: null, underWay: 0 };
  for await (const batch of batchesOf(order, (total) => (progress.total = total))) {
    const waiting = [...batch];
    await Promise.all(
      Array.from({ length: atOnce }, async () => {
        for (
          let id = waiting.shift();
          id !== undefined && !order.signal.aborted;
          id = waiting.shift()
        ) {
          try {
            progress.underWay += await stopOne(id, order);
            progress.done += 1;
          } catch (error) {
            progress.failed += 1;
            progress.message ??= error instanceof Error ? error.message : String(error);
            // Nothing more will succeed without a session or a server.
            if (error instanceof ApiError && (error.status === 401 || error.status === 0))
              throw error;
          }
          order.onProgress({ ...progress });
        }
      }),
    );
    if (order.signal.aborted) break;
  }
  return progress;
}

async function stopOne(id: string, { stop, because }: StopMany): Promise<number> {
  if (stop === "deactivation") {
    const receipt = await answer(
      api.POST("/api/v1/contacts/{id}/deactivation", {
        params: { path: { id } },
        body: { because },
      }),
    );
    return receipt.under_way.length;
  }
  const { receipts } = await answer(
    api.PUT("/api/v1/contacts/{id}/do-not-disturb", {
      params: { path: { id } },
      body: { [stop]: "outbound", because },
    }),
  );
  return receipts.reduce((sum, receipt) => sum + receipt.under_way.length, 0);
}

/** The selection's ids, page by page; oldest first, so that contacts who come meanwhile are last. */
async function* batchesOf(
  { selection, search, signal }: StopMany,
  onTotal: (total: number | null) => void,
): AsyncGenerator<string[]> {
  if ("ids" in selection) {
    onTotal(selection.ids.length);
    yield selection.ids;
    return;
  }
  let cursor: string | undefined;
  do {
    const page = await answer(
      api.GET("/api/v1/contacts", {
        params: {
          query: {
            ...queryOf(search),
            sort: "created_at",
            limit: 200,
            cursor,
            count: cursor ? "false" : "true",
          },
        },
      }),
    );
    if (cursor === undefined) onTotal(page.estimated ? null : (page.count ?? null));
    yield page.items.map((contact) => contact.id);
    cursor = page.next_cursor ?? undefined;
  } while (cursor !== undefined && !signal.aborted);
}
