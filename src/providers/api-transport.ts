import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from "node:http";
import { Agent as HttpsAgent, request as httpsRequest } from "node:https";
import type {
  HandOver,
  HandOverResult,
  RefusedAt,
  Transport,
} from "../modules/sending/transport.ts";

/** One call of a provider's API. */
export interface ApiCall {
  method: "GET" | "POST";
  url: string;
  headers: Readonly<Record<string, string>>;
  body: Buffer | string;
}

export interface ApiAnswer {
  status: number;
  headers: IncomingMessage["headers"];
  body: string;
}

/** What a provider's refusal (4xx) says. `hard`: the mailbox or number does not exist. */
export interface ApiRefusal {
  code: string;
  at: RefusedAt;
  hard?: boolean;
  /** It refuses for now: the account is paused, a limit is reached. */
  temporary?: boolean;
}

/** What differs from one provider's API to the next. */
export interface Api {
  /** The call that sends this message. Throws for one that this provider cannot send. */
  send(input: HandOver & { messageId: string }): Promise<ApiCall>;
  /** The provider's id of an accepted message. */
  idOf(answer: ApiAnswer): string | null;
  refusalOf(answer: ApiAnswer): ApiRefusal;
  /** A call that needs the same rights and sends nothing. */
  check(): ApiCall;
}

export interface ApiLimits {
  connectMs?: number;
  answerMs?: number;
}

const largestAnswer = 256 * 1024;
/** Below what servers keep unused connections for, so that none ends just as we begin. */
const unusedMs = 4_000;

/** A message counts as not sent until the whole request was written; from then on silence is `unknown` (S13). */
interface Call {
  answer?: ApiAnswer;
  fault?: string;
  written: boolean;
}

/** Hands messages over by a provider's HTTP API. Follows no redirect: keys go to the address given, nowhere else. */
export function createApiTransport(
  api: Api,
  options: { connections: number; limits?: ApiLimits },
): Transport {
  const wire = openWire(options.connections, options.limits ?? {});
  const underWay = new Set<Promise<unknown>>();
  let closed = false;

  async function attempt(input: HandOver): Promise<HandOverResult> {
    let call: ApiCall;
    try {
      call = await api.send({ ...input, messageId: input.messageId ?? "" });
    } catch (error) {
      return {
        outcome: "permanent",
        code: "unsendable",
        response: error instanceof Error ? error.message : String(error),
        at: "message",
      };
    }
    // The last check, right before the request (S2). No answer in time, or an error, is no yes (S9).
    let allowed: boolean;
    try {
      allowed = await input.stillAllowed();
    } catch {
      return connection("check", "the last check could not be asked");
    }
    if (allowed !== true) return { outcome: "withdrawn" };
    const { answer, fault, written } = await wire.call(call);
    if (answer) return resultOf(api, answer);
    return written
      ? { outcome: "unknown", response: fault ?? "no answer" }
      : connection(fault ?? "closed", "the provider could not be reached");
  }

  return {
    connections: options.connections,
    async handOver(input) {
      if (closed) return connection("closed", "The transport is closed");
      const sent = attempt(input);
      underWay.add(sent);
      try {
        return await sent;
      } finally {
        underWay.delete(sent);
      }
    },
    async close() {
      closed = true;
      await Promise.allSettled(underWay);
      wire.close();
    },
  };
}

/** Asks whether a provider lets us in; sends nothing. */
export async function checkApi(
  api: Api,
  limits: ApiLimits = {},
): Promise<{ ok: true } | { ok: false; code: string; response: string }> {
  const wire = openWire(1, limits);
  try {
    const { answer, fault } = await wire.call(api.check());
    if (!answer) return { ok: false, code: fault ?? "", response: "" };
    if (answer.status < 300) return { ok: true };
    return { ok: false, code: String(answer.status), response: shown(answer) };
  } finally {
    wire.close();
  }
}

function resultOf(api: Api, answer: ApiAnswer): HandOverResult {
  const response = shown(answer);
  if (answer.status >= 200 && answer.status < 300) {
    return { outcome: "accepted", providerId: idIn(api, answer), response };
  }
  const after = waitOf(answer);
  const code = String(answer.status);
  if (answer.status === 429)
    return { outcome: "temporary", code, response, at: "sender", retryAfterMs: after ?? 5_000 };
  // One message may be what a server stumbles over; a gateway says nothing of it.
  if (answer.status === 500) return { outcome: "temporary", code, response, at: "message" };
  if (answer.status > 500) return connection(code, response, after ?? 15_000);
  // A wrong key or address would fail every message: they wait until somebody sets it right.
  if (answer.status === 401 || answer.status < 400) return connection(code, response, 60_000);
  const { temporary, hard, ...refusal } = api.refusalOf(answer);
  if (temporary)
    return { outcome: "temporary", response, ...refusal, retryAfterMs: after ?? 60_000 };
  return { outcome: "permanent", response, ...refusal, ...(hard ? { hard } : {}) };
}

function idIn(api: Api, answer: ApiAnswer): string | null {
  try {
    return api.idOf(answer);
  } catch {
    return null; // accepted all the same
  }
}

function connection(code: string, response: string, retryAfterMs = 5_000): HandOverResult {
  return { outcome: "temporary", code, response, at: "connection", retryAfterMs };
}

/** Retry-After in seconds or as a date (RFC 9110 10.2.3), at most an hour. */
function waitOf(answer: ApiAnswer): number | null {
  const given = answer.headers["retry-after"];
  if (given === undefined) return null;
  const ms = /^\d+$/.test(given) ? Number(given) * 1000 : Date.parse(given) - Date.now();
  return Number.isFinite(ms) ? Math.min(Math.max(ms, 0), 3_600_000) : null;
}

function shown(answer: ApiAnswer): string {
  return `${answer.status} ${answer.body.replace(/[\p{Cc}\s]+/gu, " ").trim()}`.slice(0, 500);
}

function openWire(connections: number, limits: ApiLimits) {
  const keep = { keepAlive: true, maxSockets: connections, timeout: unusedMs };
  const agents = { "http:": new HttpAgent(keep), "https:": new HttpsAgent(keep) };

  function call({ url, method, headers, body }: ApiCall): Promise<Call> {
    return new Promise((resolve) => {
      const target = new URL(url);
      const secure = target.protocol === "https:";
      const bytes = Buffer.from(body as string);
      const asked = (secure ? httpsRequest : httpRequest)(target, {
        method,
        agent: secure ? agents["https:"] : agents["http:"],
        headers: { ...headers, "content-length": bytes.length, "user-agent": "Heed" },
      });
      let written = false;
      let timer = setTimeout(() => end({ fault: "ETIMEDOUT" }), limits.connectMs ?? 15_000);
      const end = (result: Omit<Call, "written">) => {
        clearTimeout(timer);
        if (!result.answer) asked.destroy();
        resolve({ ...result, written });
      };
      asked.on("finish", () => {
        written = true;
        clearTimeout(timer);
        timer = setTimeout(() => end({ fault: "no answer in time" }), limits.answerMs ?? 60_000);
      });
      asked.on("error", (error: NodeJS.ErrnoException) =>
        end({ fault: error.code ?? error.message }),
      );
      asked.on("response", (response) => {
        const chunks: Buffer[] = [];
        let length = 0;
        const done = () =>
          end({
            answer: {
              status: response.statusCode ?? 0,
              headers: response.headers,
              body: Buffer.concat(chunks).toString("utf8"),
            },
          });
        response.on("data", (chunk: Buffer) => {
          length += chunk.length;
          if (length <= largestAnswer) chunks.push(chunk);
        });
        response.on("end", done);
        // The status said it all; what broke off was only its explanation.
        response.on("error", done);
      });
      asked.end(bytes);
    });
  }

  return {
    call,
    close() {
      agents["http:"].destroy();
      agents["https:"].destroy();
    },
  };
}

/** JSON that may be anything; an answer that is none is an empty object. */
export function jsonOf(answer: ApiAnswer): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(answer.body);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : {};
  } catch {
    return {};
  }
}
