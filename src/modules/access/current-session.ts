import type { FastifyRequest } from "fastify";
import type { Tx } from "../../kernel/database/index.ts";
import type { Caller } from "../../kernel/http/index.ts";
import { findSession, type Session } from "./credential-queries.ts";
import { sessionToken } from "./session-cookie.ts";
import { tokenHash } from "./tokens.ts";

/** The session that makes this request; null when an API key does, whatever cookie comes along. */
export async function currentSession(
  tx: Tx,
  caller: Caller,
  request: FastifyRequest,
): Promise<Session | null> {
  const token = sessionToken(request);
  if (caller.apiKeyId !== null || token === undefined) return null;
  return (await findSession(tx, tokenHash(token))) ?? null;
}
