import type { Database } from "../../kernel/database/index.ts";
import { messageOf } from "../../kernel/errors.ts";
import { settleSearch } from "./batch-queries.ts";

/**
 * Folds what is inserted into the search index on a connection of its own, beside the inserts:
 * the index is a third of an import's work, and this puts it on another core.
 */
export class SearchSettler {
  #running: Promise<void> | null = null;
  #again = false;
  #ended = false;

  constructor(
    private readonly db: Database,
    private readonly workspaceId: string,
  ) {}

  wake(): void {
    this.#again = true;
    if (this.#running || this.#ended) return;
    this.#running = this.#work();
  }

  async #work(): Promise<void> {
    while (this.#again && !this.#ended) {
      this.#again = false;
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
