import { z } from "zod";
import { type Route, route } from "../../kernel/http/index.ts";
import { changeMe } from "./change-me.ts";
import { currentSession } from "./current-session.ts";
import { describeMe, meSchema } from "./describe-me.ts";
import { code, email, name, password } from "./fields.ts";
import { removeMySecondFactor } from "./remove-second-factor.ts";
import { confirmSecondFactor, offerSecondFactor } from "./set-second-factor.ts";
import { TryLimit } from "./try-limit.ts";
import { unremembered } from "./unremembered.ts";

const tag = "Me";
/** Whoever found a session open must not find out the password or a code by trying. */
const proofs = new TryLimit(10, 5 * 60_000);

export const meRoutes: Route[] = [
  route({
    method: "GET",
    path: "/me",
    permission: "signed_in",
    summary: "Who am I and what may I do",
    tag,
    response: meSchema,
    async handler({ tx, caller, request }) {
      const session = await currentSession(tx, caller, request);
      return describeMe(tx, caller, session?.csrf_token ?? null);
    },
  }),
  unremembered(
    route({
      method: "PATCH",
      path: "/me",
      permission: "signed_in",
      summary: "Change my name, language, email or password",
      description:
        "A new email or password needs `current_password` once there is one. A new password ends my other sessions.",
      tag,
      body: z
        .object({
          name,
          locale: z.string().max(35).describe("A language tag, e.g. de or pt-BR"),
          email,
          password,
          current_password: password,
        })
        .partial(),
      response: meSchema,
      async handler({ tx, caller, body, request }) {
        proofs.count(caller.userId, Date.now());
        const session = await currentSession(tx, caller, request);
        const { current_password: currentPassword, ...change } = body;
        await changeMe(tx, { ...change, currentPassword, caller, sessionId: session?.id ?? null });
        proofs.forget(caller.userId);
        return describeMe(tx, caller, session?.csrf_token ?? null);
      },
    }),
  ),
  unremembered(
    route({
      method: "POST",
      path: "/me/totp",
      permission: "signed_in",
      summary: "Get a secret for a second factor",
      description: "It counts from its confirmation with a first code.",
      tag,
      response: z.object({
        secret: z.string().describe("Base32, for typing it in"),
        uri: z.string().describe("otpauth://"),
        qr_svg: z.string().describe("The address as a QR code, an SVG image"),
      }),
      status: 201,
      async handler({ tx, caller }) {
        const offered = await offerSecondFactor(tx, { caller });
        return { secret: offered.secret, uri: offered.uri, qr_svg: offered.qrSvg };
      },
    }),
  ),
  route({
    method: "POST",
    path: "/me/totp/confirmation",
    permission: "signed_in",
    summary: "Set the second factor with its first code",
    tag,
    body: z.object({ code }),
    async handler({ tx, caller, body }) {
      await confirmSecondFactor(tx, { caller, code: body.code, now: new Date() });
    },
  }),
  route({
    method: "DELETE",
    path: "/me/totp",
    permission: "signed_in",
    summary: "Remove the second factor with a code of it",
    tag,
    body: z.object({ code }),
    async handler({ tx, caller, body }) {
      proofs.count(caller.userId, Date.now());
      await removeMySecondFactor(tx, { caller, code: body.code, now: new Date() });
      proofs.forget(caller.userId);
    },
  }),
];
