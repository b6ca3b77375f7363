import { createHash } from "node:crypto";
import cookie from "@fastify/cookie";
import helmet from "@fastify/helmet";
import multipart from "@fastify/multipart";
import rateLimit from "@fastify/rate-limit";
import swagger from "@fastify/swagger";
import Fastify, { type FastifyInstance, type FastifyRequest } from "fastify";
import {
  jsonSchemaTransform,
  serializerCompiler,
  validatorCompiler,
} from "fastify-type-provider-zod";
import type { Database } from "../database/index.ts";
import { HeedError, isHeedError } from "../errors.ts";
import type { Log } from "../log.ts";
import { answerOnce } from "./idempotency.ts";
import type { Caller, Route } from "./route.ts";
import { errorSchema, isJobAlone, jobStarted } from "./schemas.ts";
import { statusOf } from "./status.ts";

export interface ServerOptions {
  db: Database;
  log: Log;
  routes: readonly Route[];
  /** Finds who is calling, or null. Throws when credentials are there but wrong. */
  authenticate(request: FastifyRequest): Promise<Caller | null>;
  /** The error for a caller who lacks a permission: it says which roles have it. */
  refusal(caller: Caller, permission: string): Promise<HeedError>;
  /** True when pages are reached by https. */
  secure: boolean;
  /** Measured per finished request. */
  observe?(route: string, method: string, status: number, seconds: number): void;
}

/** The HTTP server with every route registered, not yet listening. */
export async function buildServer(options: ServerOptions): Promise<FastifyInstance> {
  const server = Fastify({
    forceCloseConnections: true,
    bodyLimit: 2 * 1024 * 1024,
    routerOptions: { maxParamLength: 400 },
    logger: false,
    trustProxy: true,
  });
  server.setValidatorCompiler(validatorCompiler);
  server.setSerializerCompiler(serializerCompiler);
  await server.register(cookie);
  await server.register(multipart, { limits: { fileSize: 2 ** 31, files: 1 } });
  await server.register(rateLimit, { global: false });
  await server.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", "data:"],
        frameAncestors: ["'self'"],
        objectSrc: ["'none'"],
        baseUri: ["'self'"],
        formAction: ["'self'"],
      },
    },
    hsts: options.secure,
    crossOriginEmbedderPolicy: false,
  });
  await server.register(swagger, {
    openapi: {
      openapi: "3.1.0",
      info: {
        title: "Heed",
        version: "1",
        description:
          "Contacts, campaigns and stops. Authenticate with `Authorization: Bearer <key>`.",
      },
      components: {
        securitySchemes: { bearer: { type: "http", scheme: "bearer" } },
      },
    },
    transform: jsonSchemaTransform,
  });
  const parseJson = server.getDefaultJsonParser("error", "error");
  server.addContentTypeParser("application/json", { parseAs: "string" }, (request, body, done) => {
    if (escapedNul.test(body as string)) done(holdsNul());
    else parseJson(request, body as string, done);
  });
  // One-click unsubscribes come as urlencoded or multipart (RFC 8058); their
  // bodies carry nothing that the handler needs.
  server.addContentTypeParser(
    "application/x-www-form-urlencoded",
    { parseAs: "string" },
    (_request, body, done) => {
      done(null, Object.fromEntries(new URLSearchParams(body as string)));
    },
  );
  server.addContentTypeParser(
    ["message/rfc822", "text/csv"],
    { parseAs: "buffer" },
    (_request, body, done) => done(null, body),
  );

  server.setErrorHandler((error, request, reply) => {
    const answer = present(error, options.log, request);
    return reply
      .status(
        statusOf(answer.code) === 422 && answer.status ? answer.status : statusOf(answer.code),
      )
      .send({
        error: { code: answer.code, message: answer.message, details: answer.details },
      });
  });
  server.addHook("onResponse", async (request, reply) => {
    options.observe?.(
      request.routeOptions.url ?? "none",
      request.method,
      reply.statusCode,
      reply.elapsedTime / 1000,
    );
  });
  await server.register(async (scope) => {
    for (const each of options.routes.filter((one) => !takesAnyBody(one)))
      addRoute(scope, each, options);
  });
  // A one-click unsubscribe must act whatever its body is called or holds (RFC 8058): these
  // routes get the bytes unread, of any type and size, and parse what they need.
  await server.register(async (anyBody) => {
    anyBody.removeAllContentTypeParsers();
    anyBody.addContentTypeParser("*", (_request, _payload, done) => done(null));
    anyBody.addHook("onRequest", async (request) => {
      delete request.raw.headers["content-type"];
    });
    for (const each of options.routes.filter(takesAnyBody)) addRoute(anyBody, each, options);
  });
  return server;
}

// A route that consumes every type reads `request.raw` itself.
function takesAnyBody(each: Route): boolean {
  return each.consumes?.includes("*/*") ?? false;
}

function addRoute(server: FastifyInstance, each: Route, options: ServerOptions): void {
  const status = each.status ?? (each.response || each.produces ? 200 : 204);
  server.route({
    method: each.method,
    url: each.path.startsWith("//") ? each.path.slice(1) : `/api/v1${each.path}`,
    schema: {
      summary: each.summary,
      ...(each.description ? { description: each.description } : {}),
      tags: [each.tag],
      ...(each.permission === "public" ? {} : { security: [{ bearer: [] }] }),
      "x-permission": each.permission,
      ...(each.params ? { params: each.params } : {}),
      ...(each.query ? { querystring: each.query } : {}),
      ...(each.body ? { body: each.body } : {}),
      ...(each.consumes ? { consumes: [...each.consumes] } : {}),
      ...(each.produces ? { produces: [each.produces] } : {}),
      response: {
        ...(each.response ? { [status]: each.response } : {}),
        ...(each.mayBeJob ? { 202: jobStarted } : {}),
        "4xx": errorSchema,
        "5xx": errorSchema,
      },
    } as Record<string, unknown>,
    // Before the body is read or validated: who may not, learns nothing of the form.
    onRequest: async (request) => {
      if (/%00/.test(request.url)) throw holdsNul();
      if (each.permission !== "public")
        callers.set(request, await admit(each.permission, request, options));
    },
    // No body is an empty one: what is required is then named field by field.
    preValidation: async (request) => {
      if (each.body && (request.body === undefined || request.body === null)) request.body = {};
    },
    handler: async (request, reply) => {
      const { params, query, body } = request;
      const input = { params, query, body, request, reply, db: options.db };
      if ("open" in each) return each.open(input);
      const caller = callers.get(request) as Caller;
      if ("stream" in each) return each.stream({ ...input, caller });
      const key = request.headers["idempotency-key"];
      const answer = await options.db.inWorkspace(caller.workspaceId, (tx) => {
        const act = () => each.handler({ ...input, tx, caller });
        if (request.method === "GET" || typeof key !== "string") return act();
        const actorId = caller.apiKeyId ?? caller.userId;
        const asked = { actorId, key, digest: digestOf(request) };
        return answerOnce(tx, asked, act, each.again?.bind(each, tx));
      });
      if (reply.sent) return reply;
      reply.status(each.mayBeJob && isJobAlone(answer) ? 202 : status);
      return answer ?? null;
    },
  });
}

/** A NUL as JSON writes it: an odd number of backslashes before u0000. */
const escapedNul = /(?<!\\)(?:\\\\)*\\u0000/;

/** PostgreSQL keeps no NUL in a text, so nothing that Heed stores or finds can hold one. */
function holdsNul(): HeedError {
  return new HeedError(
    "validation_failed",
    "The request holds a NUL character (U+0000). Take it out.",
  );
}

const callers = new WeakMap<FastifyRequest, Caller>();

/** Who calls, or the refusal: not signed in, or without the permission. */
async function admit(
  permission: string,
  request: FastifyRequest,
  options: ServerOptions,
): Promise<Caller> {
  const caller = await options.authenticate(request);
  if (!caller) {
    throw new HeedError(
      "not_signed_in",
      "Sign in, or send an API key as `Authorization: Bearer <key>`.",
    );
  }
  if (permission !== "signed_in" && !caller.permissions.has(permission)) {
    throw await options.refusal(caller, permission);
  }
  return caller;
}

function digestOf(request: FastifyRequest): string {
  return createHash("sha256")
    .update(`${request.method} ${request.url}\n${JSON.stringify(request.body ?? null)}`)
    .digest("hex");
}

interface Presented {
  code: string;
  message: string;
  details: Readonly<Record<string, unknown>>;
  status?: number;
}

/** What a caller is told of an error. Anything unforeseen is logged and not shown. */
function present(error: unknown, log: Log, request: FastifyRequest): Presented {
  if (isHeedError(error)) {
    return { code: error.code, message: error.message, details: error.details };
  }
  const known = error as {
    validation?: { instancePath?: string; message?: string }[];
    validationContext?: string;
    statusCode?: number;
    code?: string;
    message?: string;
  };
  if (known.validation) {
    const fields = known.validation.map((each) => ({
      field: `${known.validationContext ?? "body"}${(each.instancePath ?? "").replaceAll("/", ".")}`,
      problem: each.message ?? "is not valid",
    }));
    return {
      code: "validation_failed",
      message: `Correct these fields: ${fields.map((f) => `${f.field}: ${f.problem}`).join("; ")}`,
      details: { fields },
    };
  }
  if (known.code === "FST_REQ_FILE_TOO_LARGE" || known.statusCode === 413) {
    return {
      code: "file_too_large",
      message: "The request is larger than this address accepts.",
      details: {},
    };
  }
  if (known.statusCode === 429) {
    return {
      code: "too_many_requests",
      message: "Too many tries. Wait a minute and try again.",
      details: {},
    };
  }
  if (known.statusCode && known.statusCode < 500) {
    return {
      code: "bad_request",
      message: known.message ?? "The request could not be read.",
      details: {},
      status: known.statusCode,
    };
  }
  log.error(
    { err: error, route: request.routeOptions.url, method: request.method },
    "request failed",
  );
  return {
    code: "internal",
    message: "Something went wrong on our side; nothing was changed. The server's log says more.",
    details: {},
  };
}
