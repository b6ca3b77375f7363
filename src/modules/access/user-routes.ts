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
import { changeUser } from "./change-user.ts";
import { createSignInLink } from "./create-sign-in-link.ts";
import { createUser } from "./create-user.ts";
import { email, name, password } from "./fields.ts";
import { findUser } from "./find-user.ts";
import { removeSecondFactor } from "./remove-second-factor.ts";
import { unremembered } from "./unremembered.ts";
import { listUsers, type User } from "./user-queries.ts";

const tag = "Users";

const colleagueSchema = z.object({
  id,
  name: z.string(),
  email: z.string(),
  role: z.object({ id, name: z.string() }),
  disabled: z.boolean(),
});

const userSchema = colleagueSchema.extend({
  locale: z.string(),
  has_password: z.boolean(),
  totp_enabled: z.boolean(),
  disabled_at: time.nullable(),
  created_at: time,
});

function presentColleague(user: User): z.input<typeof colleagueSchema> {
  return {
    id: user.id,
    name: user.name,
    email: user.email,
    role: { id: user.role_id, name: user.role_name },
    disabled: user.disabled_at !== null,
  };
}

function present(user: User): z.input<typeof userSchema> {
  return {
    ...presentColleague(user),
    locale: user.locale,
    has_password: user.has_password,
    totp_enabled: user.has_totp,
    disabled_at: rfc3339OrNull(user.disabled_at),
    created_at: rfc3339(user.created_at),
  };
}

export const userRoutes: Route[] = [
  route({
    method: "GET",
    path: "/users",
    permission: "signed_in",
    summary: "The people of the workspace",
    description:
      "For everybody, so that owners and authors have names. How each signs in is in GET /users/{id}.",
    tag,
    query: pageQuery,
    response: page(colleagueSchema),
    async handler({ tx, query }) {
      const after = query.cursor ? decodeIdCursor(query.cursor) : undefined;
      const users = await listUsers(tx, { limit: query.limit + 1, ...(after ? { after } : {}) });
      const shown = users.slice(0, query.limit);
      const last = shown.at(-1);
      return {
        items: shown.map(presentColleague),
        next_cursor: users.length > query.limit && last ? encodeCursor([last.id]) : null,
      };
    },
  }),
  unremembered(
    route({
      method: "POST",
      path: "/users",
      permission: "users.manage",
      summary: "Add a user",
      description: "Without a password the user comes in by POST /users/{id}/sign-in-links.",
      tag,
      body: z.object({
        email,
        name,
        role_id: id,
        password: password.optional(),
        locale: z.string().max(35).optional(),
      }),
      response: userSchema,
      status: 201,
      async handler({ tx, body, caller }) {
        const { role_id: roleId, ...user } = body;
        return present(await createUser(tx, { ...user, role: { id: roleId }, by: caller }));
      },
    }),
  ),
  route({
    method: "GET",
    path: "/users/:id",
    permission: "users.manage",
    summary: "One user, and how they sign in",
    tag,
    params: idParams,
    response: userSchema,
    handler: async ({ tx, params }) => present(await findUser(tx, params.id)),
  }),
  route({
    method: "PATCH",
    path: "/users/:id",
    permission: "users.manage",
    summary: "Rename a user, give another role, disable or enable",
    tag,
    params: idParams,
    body: z.object({ name, role_id: id, disabled: z.boolean() }).partial(),
    response: userSchema,
    async handler({ tx, params, body, caller }) {
      const { role_id: roleId, ...change } = body;
      return present(await changeUser(tx, { ...change, roleId, userId: params.id, by: caller }));
    },
  }),
  unremembered(
    route({
      method: "POST",
      path: "/users/:id/sign-in-links",
      permission: "users.manage",
      summary: "Make a one-time sign-in link for a user",
      tag,
      params: idParams,
      body: z.object({ minutes: z.number().int().min(15).max(60).default(60) }).prefault({}),
      response: z.object({
        token: z.string().describe("For POST /sessions/link; shown once"),
        expires_at: time,
      }),
      status: 201,
      async handler({ tx, params, body, caller }) {
        const link = await createSignInLink(tx, {
          userId: params.id,
          minutes: body.minutes,
          by: caller,
        });
        return { token: link.token, expires_at: rfc3339(link.expiresAt) };
      },
    }),
  ),
  route({
    method: "DELETE",
    path: "/users/:id/totp",
    permission: "users.manage",
    summary: "Remove the second factor of somebody who lost their phone",
    tag,
    params: idParams,
    async handler({ tx, params, caller }) {
      await removeSecondFactor(tx, { userId: params.id, by: caller });
    },
  }),
];
