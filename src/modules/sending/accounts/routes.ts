import { z } from "zod";
import {
  decodeIdCursor,
  encodeCursor,
  idParams,
  page,
  pageQuery,
  type Route,
  route,
  streamingRoute,
} from "../../../kernel/http/index.ts";
import { actorOf } from "../../ledger/index.ts";
import { providers } from "../account.ts";
import { resetBreaker } from "../breaker/reset-breaker.ts";
import { archiveAccount } from "./archive-account.ts";
import { changeAccount } from "./change-account.ts";
import { type CheckAccount, tryAccount } from "./check-account.ts";
import { createAccount } from "./create-account.ts";
import { presentAccount, presentAccounts } from "./present.ts";
import { listAccounts } from "./queries.ts";
import { requireAccount } from "./require-account.ts";
import { accountChangesSchema, accountSchema, checkSchema, newAccountSchema } from "./schemas.ts";

const tag = "Sending accounts";

/*
 * Writing is for accounts.edit, administrators' work: whoever holds it makes this
 * server connect to a host of their choice. Creating and changing are streaming
 * routes because Idempotency-Key would keep a digest of a body that holds secrets.
 */
export function accountRoutes(checkAccount: CheckAccount): Route[] {
  return [
    route({
      method: "GET",
      path: "/sending-accounts",
      permission: "campaigns.view",
      summary: "What mail goes out by, newest first",
      tag,
      query: pageQuery.extend({ provider: z.enum(providers).optional() }),
      response: page(accountSchema),
      async handler({ tx, caller, query }) {
        const before = query.cursor ? decodeIdCursor(query.cursor) : null;
        const rows = await listAccounts(tx, {
          provider: query.provider ?? null,
          before,
          limit: query.limit + 1,
        });
        const shown = rows.slice(0, query.limit);
        const last = shown.at(-1);
        return {
          items: await presentAccounts(tx, caller, shown),
          next_cursor: rows.length > query.limit && last ? encodeCursor([last.id]) : null,
        };
      },
    }),
    streamingRoute({
      method: "POST",
      path: "/sending-accounts",
      permission: "accounts.edit",
      summary: "Add a sending account",
      description:
        "Secrets are write-only. A repeated request is refused by its name; Idempotency-Key is not kept.",
      tag,
      body: newAccountSchema,
      response: accountSchema,
      status: 201,
      async stream({ db, caller, body, reply }) {
        const account = await db.inWorkspace(caller.workspaceId, async (tx) => {
          const accountId = await createAccount(tx, { account: body, actor: actorOf(caller) });
          return presentAccount(tx, caller, await requireAccount(tx, accountId));
        });
        reply.status(201);
        return account;
      },
    }),
    route({
      method: "GET",
      path: "/sending-accounts/:id",
      permission: "campaigns.view",
      summary: "One sending account",
      tag,
      params: idParams,
      response: accountSchema,
      handler: async ({ tx, caller, params }) =>
        presentAccount(tx, caller, await requireAccount(tx, params.id)),
    }),
    streamingRoute({
      method: "PATCH",
      path: "/sending-accounts/:id",
      permission: "accounts.edit",
      summary: "Change a sending account; a new host needs the password again",
      tag,
      params: idParams,
      body: accountChangesSchema,
      response: accountSchema,
      stream: ({ db, caller, params, body }) =>
        db.inWorkspace(caller.workspaceId, async (tx) => {
          await changeAccount(tx, { accountId: params.id, changes: body, actor: actorOf(caller) });
          return presentAccount(tx, caller, await requireAccount(tx, params.id));
        }),
    }),
    route({
      method: "DELETE",
      path: "/sending-accounts/:id",
      permission: "accounts.edit",
      summary: "Archive a sending account; the default falls to the sink",
      tag,
      params: idParams,
      handler: ({ tx, caller, params }) =>
        archiveAccount(tx, { accountId: params.id, actor: actorOf(caller) }),
    }),
    route({
      method: "POST",
      path: "/sending-accounts/:id/breaker-reset",
      permission: "accounts.edit",
      summary: "Clear a tripped breaker; counting begins again, and campaigns can be resumed",
      tag,
      params: idParams,
      response: accountSchema,
      async handler({ tx, caller, params }) {
        await resetBreaker(tx, { accountId: params.id, actor: actorOf(caller) });
        return presentAccount(tx, caller, await requireAccount(tx, params.id));
      },
    }),
    streamingRoute({
      method: "POST",
      path: "/sending-accounts/:id/check",
      permission: "accounts.edit",
      summary: "Connect and sign in with these settings; sends nothing",
      tag,
      params: idParams,
      response: checkSchema,
      stream: ({ db, caller, params }) =>
        tryAccount(db, {
          workspaceId: caller.workspaceId,
          accountId: params.id,
          check: checkAccount,
        }),
    }),
  ];
}
