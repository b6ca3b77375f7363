import { randomBytes } from "node:crypto";
import type { FastifyInstance, InjectOptions } from "fastify";
import { freshDatabase, type TestDatabase } from "../../../test/support/database.ts";
import { buildServer } from "../../kernel/http/index.ts";
import {
  accessRoutes,
  authenticate,
  type Beginning,
  bootstrap,
  createUser,
  type Permission,
  refusal,
  type Visibility,
} from "./index.ts";

/** The access module behind a real server on a database of its own, with its first administrator. */
export interface AccessServer extends TestDatabase, Beginning {
  server: FastifyInstance;
  /** The first administrator's API key. */
  adminKey: string;
  call(request: Call): Promise<Answer>;
  /** A request of the first administrator. */
  asAdmin(method: Method, path: string, body?: unknown): Promise<Answer>;
  addUser(user: {
    email: string;
    role: string;
    password?: string;
  }): Promise<{ id: string; email: string }>;
  /** A user with a role of their own that has these permissions. */
  userWho(permissions: readonly Permission[], visibility?: Visibility): Promise<UserWithRole>;
  /** A person at a browser, signed in by password. */
  browser(email: string, password?: string): Promise<Browser>;
  /** A new API key of a user; null: all that they may do. */
  keyOf(email: string, scopes?: readonly Permission[] | null): Promise<string>;
}

export type Method = "GET" | "POST" | "PATCH" | "DELETE";

interface Call {
  method?: Method;
  path: string;
  key?: string;
  body?: unknown;
  headers?: Record<string, string>;
}

interface UserWithRole {
  id: string;
  email: string;
  roleId: string;
}

export interface Answer {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: a test reads what it expects to be there
  body: any;
  cookie: string | undefined;
  headers: Record<string, unknown>;
}

export interface Browser {
  cookie: string;
  csrf: string;
  call(request: Call): Promise<Answer>;
}

export const password = "correct horse battery";

export async function accessServer(): Promise<AccessServer> {
  const database = await freshDatabase();
  const { db } = database;
  const adminKey = "the-bootstrap-key-of-tests";
  const beginning = await bootstrap(db, { bootstrapKey: adminKey, log: db.log });
  if (!beginning) throw new Error("The database was not empty.");
  const server = await buildServer({
    db,
    log: db.log,
    routes: accessRoutes,
    authenticate: authenticate(db),
    refusal: refusal(db),
    secure: false,
  });

  async function call(request: Call): Promise<Answer> {
    const options: InjectOptions = {
      method: request.method ?? "GET",
      url: `/api/v1${request.path}`,
      headers: {
        ...(request.key ? { authorization: `Bearer ${request.key}` } : {}),
        ...request.headers,
      },
      ...(request.body === undefined ? {} : { payload: request.body as object }),
    };
    const response = await server.inject(options);
    return {
      status: response.statusCode,
      body: response.body === "" ? null : response.json(),
      cookie: response.cookies.find((each) => each.name === "heed_session")?.value,
      headers: response.headers,
    };
  }

  const asAdmin: AccessServer["asAdmin"] = (method, path, body) =>
    call({ method, path, body, key: adminKey });

  const addUser: AccessServer["addUser"] = (user) =>
    db.inWorkspace(beginning.workspaceId, (tx) =>
      createUser(tx, { name: user.email, password, ...user, role: { name: user.role }, by: null }),
    );

  const browser: AccessServer["browser"] = async (email, typed = password) => {
    const body = { email, password: typed };
    return browserOf(call, succeeded(await call({ method: "POST", path: "/sessions", body })));
  };

  return {
    ...database,
    ...beginning,
    server,
    adminKey,
    call,
    asAdmin,
    addUser,
    browser,
    async userWho(permissions, visibility = "all") {
      const name = `role-${randomBytes(6).toString("hex")}`;
      const role = succeeded(await asAdmin("POST", "/roles", { name, permissions, visibility }));
      const { id, email } = await addUser({ email: `${name}@example.org`, role: name });
      return { id, email, roleId: role.body.id };
    },
    async keyOf(email, scopes = null) {
      const person = await browser(email);
      const body = { name: "test", scopes };
      return succeeded(await person.call({ method: "POST", path: "/api-keys", body })).body.key;
    },
    async close() {
      await server.close();
      await database.close();
    },
  };
}

function succeeded(answer: Answer): Answer {
  if (answer.status >= 300) throw new Error(`Refused: ${JSON.stringify(answer.body)}`);
  return answer;
}

/** A browser that keeps the cookie of an answer and sends the session's CSRF token. */
export function browserOf(call: AccessServer["call"], signedIn: Answer): Browser {
  const cookie = `heed_session=${signedIn.cookie}`;
  const csrf = String(signedIn.body.csrf_token);
  return {
    cookie,
    csrf,
    call: (request) =>
      call({ ...request, headers: { cookie, "x-heed-csrf": csrf, ...request.headers } }),
  };
}
