import type { FastifyReply, FastifyRequest } from "fastify";

const cookieName = "heed_session";

/** The session's token as the browser sent it. */
export function sessionToken(request: FastifyRequest): string | undefined {
  return request.cookies[cookieName] || undefined;
}

/** Out of reach of scripts, and not sent along by other sites' forms. */
export function setSessionCookie(
  request: FastifyRequest,
  reply: FastifyReply,
  session: { token: string; expiresAt: Date },
): void {
  reply.setCookie(cookieName, session.token, {
    path: "/",
    httpOnly: true,
    sameSite: "lax",
    secure: request.protocol === "https",
    expires: session.expiresAt,
  });
}

export function clearSessionCookie(reply: FastifyReply): void {
  reply.clearCookie(cookieName, { path: "/" });
}
