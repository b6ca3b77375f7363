import type { Tx } from "../../kernel/database/index.ts";
import { newId, newToken } from "../../kernel/ids.ts";
import { record } from "../ledger/index.ts";
import { deleteEndedSessionsOf, insertSession } from "./credential-queries.ts";
import { tokenHash } from "./tokens.ts";

const lastsDays = 14;

export interface OpenedSession {
  workspaceId: string;
  userId: string;
  sessionId: string;
  /** For the cookie; the database holds its hash alone. */
  token: string;
  csrfToken: string;
  expiresAt: Date;
}

/** Signs a user in, whose credentials the caller has checked. */
export async function openSession(
  tx: Tx,
  session: { userId: string; by: "password" | "link"; now: Date },
): Promise<OpenedSession> {
  await deleteEndedSessionsOf(tx, session.userId);
  const opened: OpenedSession = {
    workspaceId: tx.workspaceId,
    userId: session.userId,
    sessionId: newId(),
    token: newToken(),
    csrfToken: newToken(),
    expiresAt: new Date(session.now.getTime() + lastsDays * 86_400_000),
  };
  await insertSession(tx, {
    id: opened.sessionId,
    userId: opened.userId,
    hash: tokenHash(opened.token),
    csrfToken: opened.csrfToken,
    expiresAt: opened.expiresAt,
  });
  await record(tx, {
    act: "session.signed_in",
    actor: { type: "user", id: session.userId },
    subjectId: opened.sessionId,
    detail: { by: session.by },
  });
  return opened;
}
