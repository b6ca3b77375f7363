import { z } from "zod";
import { id, idParams, type Route, route } from "../../../kernel/http/index.ts";
import { actorOf } from "../../ledger/index.ts";
import { changeTopic, removeTopic } from "./change-topic.ts";
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
  route({
    method: "PATCH",
    path: "/topics/:id",
    permission: "topics.edit",
    summary: "Change a topic's name or description",
    tag: "Topics",
    params: idParams,
    body: z.object({ name: z.string().max(200), description: z.string().max(2000) }).partial(),
    response: topicSchema,
    handler: ({ tx, caller, params, body }) =>
      changeTopic(tx, { topicId: params.id, ...body, actor: actorOf(caller) }),
  }),
  route({
    method: "DELETE",
    path: "/topics/:id",
    permission: "topics.edit",
    summary: "Take a topic out of use; one that a stop or a campaign names is archived",
    tag: "Topics",
    params: idParams,
    response: z.object({ outcome: z.enum(["archived", "deleted"]) }),
    handler: async ({ tx, caller, params }) => ({
      outcome: await removeTopic(tx, { topicId: params.id, actor: actorOf(caller) }),
    }),
  }),
];
