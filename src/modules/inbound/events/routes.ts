import { z } from "zod";
import type { Database } from "../../../kernel/database/index.ts";
import { HeedError, messageOf } from "../../../kernel/errors.ts";
import { publicRoute, type Route } from "../../../kernel/http/index.ts";
import { eventApplier } from "./applier.ts";
import type { HookReader } from "./contract.ts";
import { receiveHook } from "./receive-hook.ts";
import { type EventStore, eventStore } from "./store-events.ts";
import { wholeBody } from "./whole-body.ts";

export interface HookOptions {
  /** By the name that stands in the webhook's address. */
  readers: Readonly<Record<string, HookReader>>;
  /** Where providers reach this Heed, without a trailing slash; asked per request. */
  publicUrl(): string;
}

/** Where providers tell what became of messages, and bring texts. */
export function hookRoutes(options: HookOptions): Route[] {
  const parts = new WeakMap<Database, { store: EventStore; kick(workspaceId: string): void }>();
  const partsOf = (db: Database) => {
    let known = parts.get(db);
    if (!known) {
      const applier = eventApplier(db);
      known = { store: eventStore(db), kick: (workspaceId) => applier.kick(workspaceId) };
      parts.set(db, known);
    }
    return known;
  };
  return [
    publicRoute({
      method: "POST",
      path: "//hooks/:provider/:key",
      summary: "A provider's webhook: delivery events and incoming texts",
      description:
        "The key names the account; the signature over the raw body proves who calls. Answered once everything is stored; repeating changes nothing. Of a generic provider, see docs/PROVIDERS.md for the body.",
      tag: "Inbound",
      params: z.object({ provider: z.string().max(30), key: z.string().max(100) }),
      consumes: ["*/*"],
      produces: "application/json",
      async open({ params, request, reply, db }) {
        const body = await wholeBody(request.raw);
        const { type, body: answer } = await receiveHook(
          { db, ...options, ...partsOf(db) },
          {
            ...params,
            request: {
              url: options.publicUrl() + request.url,
              headers: request.headers,
              body,
              now: new Date(),
            },
          },
        ).catch((error) => {
          if (error instanceof HeedError) throw error;
          db.log.error({ err: messageOf(error), provider: params.provider }, "a webhook failed");
          throw error;
        });
        return reply
          .type(type)
          .serializer((text: unknown) => text as string)
          .send(answer);
      },
    }),
  ];
}
