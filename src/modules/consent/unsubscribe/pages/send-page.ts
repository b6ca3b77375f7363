import type { FastifyReply, FastifyRequest } from "fastify";
import { type Language, languageOf } from "./language.ts";

/** The language of ours that the reader's browser asks for. */
export function languageOfRequest(request: FastifyRequest): Language {
  return languageOf(request.headers["accept-language"]);
}

/** Sends a page for one reader: kept by nobody, found by no search engine. */
export function sendPage(
  reply: FastifyReply,
  page: string,
  status: 200 | 400 | 404 | 410 | 422 | 429 = 200,
): FastifyReply {
  return (
    reply
      .status(status)
      .headers({
        "cache-control": "no-store",
        "x-robots-tag": "noindex, nofollow",
        "referrer-policy": "no-referrer",
        vary: "accept-language",
      })
      .type("text/html; charset=utf-8")
      // The schemas of the API's errors do not apply to a page.
      .serializer((body: unknown) => body as string)
      .send(page)
  );
}
