import type { Database } from "../../kernel/database/index.ts";
import { messageOf } from "../../kernel/errors.ts";
import { settleSearch } from "./batch-queries.ts";

// Each settling walks the whole index: five times the rows cost hardly more. Until then a search
// also reads what waits, about 1 kB a row.
const rowsPerSettling = 100_000;

/**
 * Folds what is inserted into the search index on a connection of its own, beside the inserts:
 * the index is a third of an import's work, and this puts it on another core.
 */
export class SearchSettler {
  #running: Promise<void> | null = null;
  #waiting = 0;
  #ended = false;

  constructor(
    private readonly db: Database,
    private readonly workspaceId: string,
  ) {}

  /** Says that so many more rows were inserted. */
  add(rows: number): void {
    this.#waiting += rows;
    if (this.#running || this.#ended || this.#waiting < rowsPerSettling) return;
    this.#running = this.#work();
  }

  async #work(): Promise<void> {
    while (this.#waiting >= rowsPerSettling && !this.#ended) {
      this.#waiting = 0;
      await this.db.inWorkspace(this.workspaceId, settleSearch).catch((error) => {
        this.db.log.warn({ err: messageOf(error) }, "the search index is settled later");
      });
    }
    this.#running = null;
  }

  async end(): Promise<void> {
    this.#ended = true;
    await this.#running;
  }
}
