import { z } from "zod";
import {
  decodeIdCursor,
  encodeCursor,
  id,
  idParams,
  page,
  pageQuery,
  type Route,
  rfc3339,
  rfc3339OrNull,
  route,
  time,
} from "../../kernel/http/index.ts";
import { type ApiKey, listApiKeys } from "./credential-queries.ts";
import { name, permission } from "./fields.ts";
import { makeApiKey } from "./make-api-key.ts";
import { revokeApiKey } from "./revoke-api-key.ts";
import { unremembered } from "./unremembered.ts";

const tag = "API keys";

const keySchema = z.object({
  id,
  name: z.string(),
  prefix: z.string().describe("How the key begins"),
  user: z.object({ id, name: z.string() }).describe("As whom it acts"),
  scopes: z.array(z.string()).nullable().describe("null: all that its user may do"),
  created_at: time,
  last_used_at: time.nullable().describe("Within about a minute"),
  revoked_at: time.nullable(),
});

function present(key: ApiKey): z.input<typeof keySchema> {
  return {
    id: key.id,
    name: key.name,
    prefix: key.prefix,
    user: { id: key.user_id, name: key.user_name },
    scopes: key.scopes,
    created_at: rfc3339(key.created_at),
    last_used_at: rfc3339OrNull(key.last_used_at),
    revoked_at: rfc3339OrNull(key.revoked_at),
  };
}

export const keyRoutes: Route[] = [
  route({
    method: "GET",
    path: "/api-keys",
    permission: "keys.manage",
    summary: "API keys of the workspace, newest first, revoked ones included",
    tag,
    query: pageQuery,
    response: page(keySchema),
    async handler({ tx, query }) {
      const before = query.cursor ? decodeIdCursor(query.cursor) : undefined;
      const keys = await listApiKeys(tx, { limit: query.limit + 1, ...(before ? { before } : {}) });
      const shown = keys.slice(0, query.limit);
      const last = shown.at(-1);
      return {
        items: shown.map(present),
        next_cursor: keys.length > query.limit && last ? encodeCursor([last.id]) : null,
      };
    },
  }),
  unremembered(
    route({
      method: "POST",
      path: "/api-keys",
      permission: "keys.manage",
      summary: "Make an API key that acts as me",
      description: "The key itself is in this answer and never again.",
      tag,
      body: z.object({
        name,
        scopes: z
          .array(permission)
          .nullable()
          .default(null)
          .describe("null: all that I may do, now and later"),
      }),
      response: keySchema.extend({ key: z.string() }),
      status: 201,
      async handler({ tx, body, caller }) {
        const made = await makeApiKey(tx, { ...body, by: caller });
        return { ...present(made), key: made.key };
      },
    }),
  ),
  route({
    method: "DELETE",
    path: "/api-keys/:id",
    permission: "keys.manage",
    summary: "Revoke an API key at once",
    tag,
    params: idParams,
    handler: ({ tx, params, caller }) => revokeApiKey(tx, { keyId: params.id, by: caller }),
  }),
];
