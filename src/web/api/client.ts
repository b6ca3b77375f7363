import createClient, { type Middleware } from "openapi-fetch";
import type { paths } from "../api-types.ts";
import { ApiError, readError } from "./error.ts";

let csrfToken: string | null = null;

/** What `GET /me` answered; every write sends it back. */
export function rememberCsrf(token: string | null): void {
  csrfToken = token;
}

/** The headers that a write carries, for requests that do not go through `api`. */
export function writeHeaders(): Record<string, string> {
  return csrfToken ? { "x-heed-csrf": csrfToken } : {};
}

const withCsrf: Middleware = {
  onRequest({ request }) {
    if (request.method !== "GET") {
      for (const [name, value] of Object.entries(writeHeaders())) request.headers.set(name, value);
    }
    return request;
  },
};

/** The typed client of the public API, and the only way from the UI to the server. */
export const api = createClient<paths>({ baseUrl: "", credentials: "same-origin" });
api.use(withCsrf);

type Outcome<T> = Promise<{ data?: T; error?: unknown; response: Response }>;

/**
 * The answer of a request, or an ApiError with the API's own message:
 * `const job = await answer(api.GET("/api/v1/jobs/{id}", { params: { path: { id } } }))`.
 */
export async function answer<T>(request: Outcome<T>): Promise<T> {
  let outcome: Awaited<Outcome<T>>;
  try {
    outcome = await request;
  } catch (cause) {
    throw ApiError.unreachable(cause);
  }
  if (!outcome.response.ok) throw readError(outcome.response.status, outcome.error);
  return outcome.data as T;
}

/** Uploads a form (files); JSON goes through `api`. */
export async function upload<T>(path: string, form: FormData): Promise<T> {
  let response: Response;
  try {
    response = await fetch(`/api/v1${path}`, {
      method: "POST",
      body: form,
      headers: writeHeaders(),
    });
  } catch (cause) {
    throw ApiError.unreachable(cause);
  }
  const body: unknown = await response.json().catch(() => null);
  if (!response.ok) throw readError(response.status, body);
  return body as T;
}
