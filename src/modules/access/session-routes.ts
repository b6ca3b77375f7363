import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import type { Database } from "../../kernel/database/index.ts";
import { HeedError } from "../../kernel/errors.ts";
import { publicRoute, type Route, route } from "../../kernel/http/index.ts";
import { describeMe, type Me, meSchema } from "./describe-me.ts";
import { code, email, password } from "./fields.ts";
import { loadCaller } from "./load-caller.ts";
import type { OpenedSession } from "./open-session.ts";
import { clearSessionCookie, sessionToken, setSessionCookie } from "./session-cookie.ts";
import { signIn } from "./sign-in.ts";
import { signInByLink } from "./sign-in-by-link.ts";
import { signOut } from "./sign-out.ts";
import { TryLimit } from "./try-limit.ts";

const fiveMinutes = 5 * 60_000;
const limits = {
  byEmailAndIp: new TryLimit(10, fiveMinutes),
  // The address that a proxy reports can be made up, so there is a limit without it.
  byEmail: new TryLimit(50, fiveMinutes),
};
const byLink = new TryLimit(10, fiveMinutes);

export const sessionRoutes: Route[] = [
  publicRoute({
    method: "POST",
    path: "/sessions",
    summary: "Sign in by email and password",
    description:
      "Sets the session cookie. With a second factor set, answers second_factor_needed until `totp` is given.",
    tag: "Signing in",
    body: z.object({ email, password, totp: code.optional() }),
    response: meSchema,
    status: 201,
    async open({ db, body, request, reply }) {
      refuseForms(request);
      const session = await signIn(db, { ...body, ip: request.ip, now: new Date() }, limits);
      return answerWithCookie(db, session, request, reply);
    },
  }),
  publicRoute({
    method: "POST",
    path: "/sessions/link",
    summary: "Sign in by a one-time link",
    tag: "Signing in",
    body: z.object({ token: z.string().min(1).max(200), totp: code.optional() }),
    response: meSchema,
    status: 201,
    async open({ db, body, request, reply }) {
      refuseForms(request);
      const session = await signInByLink(db, { ...body, now: new Date() }, byLink);
      return answerWithCookie(db, session, request, reply);
    },
  }),
  route({
    method: "DELETE",
    path: "/sessions/current",
    permission: "signed_in",
    summary: "Sign out",
    tag: "Signing in",
    async handler({ tx, caller, request, reply }) {
      await signOut(tx, { caller, token: sessionToken(request) });
      clearSessionCookie(reply);
    },
  }),
];

/** Another site's form cannot send JSON: so it cannot sign a visitor in as somebody else. */
function refuseForms(request: FastifyRequest): void {
  if (!/^application\/json\b/i.test(request.headers["content-type"] ?? "")) {
    throw new HeedError("bad_request", "Send JSON, with the content type application/json.");
  }
}

async function answerWithCookie(
  db: Database,
  session: OpenedSession,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<Me> {
  const me = await db.inWorkspace(session.workspaceId, async (tx) => {
    const caller = await loadCaller(tx, { userId: session.userId });
    if (!caller) throw new HeedError("not_signed_in", "This user was disabled just now.");
    return describeMe(tx, caller, session.csrfToken);
  });
  setSessionCookie(request, reply, session);
  reply.status(201);
  return me;
}
