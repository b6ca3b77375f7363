import type { Database } from "../../kernel/database/index.ts";
import { newId } from "../../kernel/ids.ts";
import { insertSinkMessage } from "./sink-queries.ts";
import type { Transport } from "./transport.ts";

/** The embedded sink: keeps each message instead of sending it, so that nothing leaves by accident. */
export function createSinkTransport(db: Database, workspaceId: string): Transport {
  return {
    connections: 5,
    async handOver({ envelope, message, stillAllowed }) {
      if (!(await stillAllowed())) return { outcome: "withdrawn" };
      const id = newId();
      await db.inWorkspace(workspaceId, (tx) =>
        insertSinkMessage(tx, { id, from: envelope.from, to: envelope.to, raw: message }),
      );
      return { outcome: "accepted", providerId: id, response: "kept in the sink" };
    },
    async close() {},
  };
}
