import type { FastifyReply, FastifyRequest } from "fastify";
import type { ZodType, z } from "zod";
import type { Database, Tx } from "../database/index.ts";

/** Who makes a request, once signed in by session or API key. */
export interface Caller {
  readonly workspaceId: string;
  readonly userId: string;
  /** The API key used, or null for a session. */
  readonly apiKeyId: string | null;
  readonly name: string;
  readonly roleName: string;
  readonly permissions: ReadonlySet<string>;
  /** True when the role sees only the contacts that its user owns. */
  readonly ownOnly: boolean;
}

type Parsed<S> = S extends ZodType ? z.output<S> : undefined;
type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

interface Description<P, Q, B, R> {
  method: Method;
  /** Below /api/v1 unless it starts with a double slash, e.g. `//u/:token`. */
  path: string;
  summary: string;
  description?: string;
  tag: string;
  params?: P;
  query?: Q;
  body?: B;
  /** The success answer; errors share one schema. Absent: no body (204). */
  response?: R;
  /** True when it may also run as a job: 202 with `{ job_id }` and nothing else. */
  mayBeJob?: boolean;
  /** Success status; 200 with a response schema, 204 without. */
  status?: 200 | 201 | 202 | 204;
  /** Content types of a body that is not JSON, e.g. `multipart/form-data`; the handler reads the request itself. */
  consumes?: readonly string[];
  /** Content type of an answer that is not JSON, e.g. `text/csv`; the handler returns a string, Buffer or stream. */
  produces?: string;
}

interface Input<P, Q, B> {
  params: Parsed<P>;
  query: Parsed<Q>;
  body: Parsed<B>;
  request: FastifyRequest;
  reply: FastifyReply;
  db: Database;
}

type Answer<R> = R extends ZodType ? z.input<R> : unknown;

/**
 * A route for whoever holds `permission` (or `signed_in`: anybody signed in).
 * The handler runs in one transaction of the caller's workspace; what it returns
 * is sent after the commit. Writes honour Idempotency-Key in that transaction.
 */
export interface GuardedRoute<P = ZodType, Q = ZodType, B = ZodType, R = ZodType>
  extends Description<P, Q, B, R> {
  permission: string;
  handler(input: Input<P, Q, B> & { tx: Tx; caller: Caller }): Promise<Answer<R>>;
  /**
   * What a repetition with the same Idempotency-Key is answered, given the first
   * answer as it was at the commit; absent is that answer. For answers that say
   * something of what follows the commit.
   */
  again?(tx: Tx, answer: Answer<R>): Promise<Answer<R>>;
}

/** A guarded route that begins its own transactions: uploads, streams, long reads. */
export interface StreamingRoute<P = ZodType, Q = ZodType, B = ZodType, R = ZodType>
  extends Description<P, Q, B, R> {
  permission: string;
  stream: (input: Input<P, Q, B> & { caller: Caller }) => Promise<unknown>;
}

/** A route without sign-in. S12: its GET, HEAD and OPTIONS change nothing. */
export interface PublicRoute<P = ZodType, Q = ZodType, B = ZodType, R = ZodType>
  extends Description<P, Q, B, R> {
  permission: "public";
  open: (input: Input<P, Q, B>) => Promise<unknown>;
}

// biome-ignore-start lint/suspicious/noExplicitAny: a list of routes forgets each one's own types
export type Route =
  | GuardedRoute<any, any, any, any>
  | StreamingRoute<any, any, any, any>
  | PublicRoute<any, any, any, any>;
// biome-ignore-end lint/suspicious/noExplicitAny: the list ends here

/** Declares a route; the schemas give the handler its types. */
export function route<
  P extends ZodType | undefined = undefined,
  Q extends ZodType | undefined = undefined,
  B extends ZodType | undefined = undefined,
  R extends ZodType | undefined = undefined,
>(definition: GuardedRoute<P, Q, B, R>): Route {
  return definition;
}

/** Declares a guarded route that streams or begins its own transactions. */
export function streamingRoute<
  P extends ZodType | undefined = undefined,
  Q extends ZodType | undefined = undefined,
  B extends ZodType | undefined = undefined,
  R extends ZodType | undefined = undefined,
>(definition: StreamingRoute<P, Q, B, R>): Route {
  return definition;
}

/** Declares a route that needs no sign-in. */
export function publicRoute<
  P extends ZodType | undefined = undefined,
  Q extends ZodType | undefined = undefined,
  B extends ZodType | undefined = undefined,
  R extends ZodType | undefined = undefined,
>(definition: Omit<PublicRoute<P, Q, B, R>, "permission">): Route {
  return { ...definition, permission: "public" };
}
