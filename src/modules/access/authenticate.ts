import type { FastifyRequest } from "fastify";
import type { Database } from "../../kernel/database/index.ts";
import { HeedError } from "../../kernel/errors.ts";
import type { Caller } from "../../kernel/http/index.ts";
import { findApiKeyByHash, findSession, noteKeyUse } from "./credential-queries.ts";
import { loadCaller } from "./load-caller.ts";
import { sessionToken } from "./session-cookie.ts";
import { sameToken, tokenHash } from "./tokens.ts";

const changesNothing = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * Who makes a request, by `Authorization: Bearer <key>` or by the session
 * cookie; null when it carries neither. Nothing is kept between requests, so a
 * revoked key, an ended session and a disabled user are refused at once.
 * @throws HeedError not_signed_in when what it carries is not valid (any more)
 * @throws HeedError csrf_failed when a session's write lacks its token
 */
export function authenticate(db: Database): (request: FastifyRequest) => Promise<Caller | null> {
  return async (request) => {
    const key = /^Bearer\s+(\S+)\s*$/i.exec(request.headers.authorization ?? "")?.[1];
    if (key !== undefined) return callerOfKey(db, key);
    const token = sessionToken(request);
    return token === undefined ? null : callerOfSession(db, token, request);
  };
}

async function callerOfKey(db: Database, key: string): Promise<Caller> {
  const found = await db.asSystem((tx) => findApiKeyByHash(tx, tokenHash(key)));
  if (!found) {
    throw new HeedError(
      "not_signed_in",
      "This API key is not known here. Check that it was copied whole.",
    );
  }
  if (found.revoked) {
    throw new HeedError(
      "not_signed_in",
      "This API key was revoked. Make a new one under API keys.",
    );
  }
  const caller = await db.inWorkspace(found.workspace_id, async (tx) => {
    if (found.note_due) await noteKeyUse(tx, found.id);
    return loadCaller(tx, { userId: found.user_id, apiKey: found });
  });
  if (!caller) {
    throw new HeedError(
      "not_signed_in",
      "The user of this API key is disabled. Ask an administrator.",
    );
  }
  return caller;
}

async function callerOfSession(
  db: Database,
  token: string,
  request: FastifyRequest,
): Promise<Caller> {
  const session = await db.asSystem((tx) => findSession(tx, tokenHash(token)));
  const caller =
    session &&
    (await db.inWorkspace(session.workspace_id, (tx) =>
      loadCaller(tx, { userId: session.user_id }),
    ));
  if (!caller) {
    throw new HeedError("not_signed_in", "Your session has ended. Sign in again.");
  }
  const sent = request.headers["x-heed-csrf"];
  if (
    !changesNothing.has(request.method) &&
    !(typeof sent === "string" && sameToken(sent, session.csrf_token))
  ) {
    throw new HeedError(
      "csrf_failed",
      "This request did not come from Heed's own pages. Reload the page and try again; a program sends the csrf_token of GET /me as the header X-Heed-Csrf, or uses an API key.",
    );
  }
  return caller;
}
