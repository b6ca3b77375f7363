import { z } from "zod";
import { id, type Route, route } from "../../../kernel/http/index.ts";
import { actorOf } from "../../ledger/index.ts";
import { createTopic } from "./create-topic.ts";
import { listTopics } from "./queries.ts";

const topicSchema = z.object({ id, name: z.string(), description: z.string() });

export const topicRoutes: Route[] = [
  route({
    method: "GET",
    path: "/topics",
    permission: "contacts.view",
    summary: "Types of communication that people can unsubscribe from alone",
    tag: "Topics",
    response: z.object({ items: z.array(topicSchema), next_cursor: z.null() }),
    handler: async ({ tx }) => ({ items: await listTopics(tx), next_cursor: null }),
  }),
  route({
    method: "POST",
    path: "/topics",
    permission: "topics.edit",
    summary: "Make a topic",
    tag: "Topics",
    body: z.object({ name: z.string().max(200), description: z.string().max(2000).default("") }),
    response: topicSchema,
    status: 201,
    handler: ({ tx, caller, body }) => createTopic(tx, { ...body, actor: actorOf(caller) }),
  }),
];
