import type { FastifyInstance, InjectOptions } from "fastify";
import { freshDatabase, type TestDatabase } from "../../../test/support/database.ts";
import { buildServer } from "../../kernel/http/index.ts";
import type { Log } from "../../kernel/log.ts";
import { when } from "../../kernel/reactions.ts";
import { accessRoutes, authenticate, bootstrap, createUser, refusal } from "../access/index.ts";
import { stopRoutes, stopsMade } from "../consent/index.ts";
import { ledgerRoutes } from "../ledger/index.ts";
import type { CheckAccount } from "./accounts/check-account.ts";
import { createSink, sendingRoutes, stopMessages } from "./index.ts";

/** The sending module behind a real server on a database of its own, with its first administrator. */
export interface SendingServer extends TestDatabase {
  server: FastifyInstance;
  workspaceId: string;
  userId: string;
  /** Asks as the first administrator, or as `as`. */
  call(
    method: "GET" | "POST" | "PATCH" | "DELETE",
    path: string,
    options?: { body?: unknown; as?: Person },
  ): Promise<Answer>;
  addPerson(role: string): Promise<Person>;
}

export interface Person {
  userId: string;
  headers: Record<string, string>;
}

export interface Answer {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: a test reads what it expects to be there
  body: any;
  text: string;
  headers: Record<string, unknown>;
}

const adminKey = "the-bootstrap-key-of-tests";
const password = "correct horse battery";

export async function sendingServer(
  options: { checkAccount?: CheckAccount; log?: Log } = {},
): Promise<SendingServer> {
  const database = await freshDatabase({ reactions: [when(stopsMade, stopMessages)] });
  const { db } = database;
  const log = options.log ?? db.log;
  const beginning = await bootstrap(db, { bootstrapKey: adminKey, log, furnish: createSink });
  if (!beginning) throw new Error("The database was not empty.");
  const server = await buildServer({
    db,
    log,
    routes: [
      ...accessRoutes,
      ...ledgerRoutes,
      ...stopRoutes,
      ...sendingRoutes({ checkAccount: options.checkAccount ?? (async () => ({ ok: true })) }),
    ],
    authenticate: authenticate(db),
    refusal: refusal(db),
    secure: false,
  });
  const admin: Person = {
    userId: beginning.userId,
    headers: { authorization: `Bearer ${adminKey}` },
  };

  const call: SendingServer["call"] = async (method, path, { body, as = admin } = {}) => {
    const request: InjectOptions = {
      method,
      url: `/api/v1${path}`,
      headers: as.headers,
      ...(body === undefined ? {} : { payload: body as object }),
    };
    const response = await server.inject(request);
    const isJson = String(response.headers["content-type"]).includes("json");
    return {
      status: response.statusCode,
      body: isJson ? response.json() : null,
      text: response.body,
      headers: response.headers,
    };
  };

  return {
    ...database,
    server,
    workspaceId: beginning.workspaceId,
    userId: beginning.userId,
    call,
    async addPerson(role) {
      const email = `${role.toLowerCase().replaceAll(" ", ".")}.${Math.random().toString(36).slice(2)}@example.org`;
      const user = await db.inWorkspace(beginning.workspaceId, (tx) =>
        createUser(tx, { email, name: role, password, role: { name: role }, by: null }),
      );
      const signedIn = await server.inject({
        method: "POST",
        url: "/api/v1/sessions",
        payload: { email, password },
      });
      const cookie = signedIn.cookies.find((each) => each.name === "heed_session")?.value;
      return {
        userId: user.id,
        headers: {
          cookie: `heed_session=${cookie}`,
          "x-heed-csrf": String(signedIn.json().csrf_token),
        },
      };
    },
    async close() {
      await server.close();
      await database.close();
    },
  };
}
