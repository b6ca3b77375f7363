import { z } from "zod";
import { id, idParams, type Route, route } from "../../kernel/http/index.ts";
import { requireVisible } from "../contacts/index.ts";
import { actorOf } from "../ledger/index.ts";
import { mailboxRoutes } from "./imap/routes.ts";
import { presentReading, readingSchema } from "./inbox/present.ts";
import { inboxRoutes } from "./inbox/routes.ts";
import { selectPhrases } from "./queries.ts";
import { readSafely } from "./reading/read-safely.ts";
import type { Reader } from "./reading/reader.ts";
import { receiveMail } from "./receive-mail.ts";
import { receiveReply } from "./receive-reply.ts";

const receptionSchema = readingSchema.extend({
  id,
  repeated: z.boolean().describe("the same message was taken before; nothing was done again"),
  state: z.enum(["stored", "waiting", "done"]),
  contact_id: id.nullable(),
  message_id: id.nullable().describe("the message of ours that it answers or is about"),
});

export function inboundRoutes(reader: Reader): Route[] {
  return [
    route({
      method: "POST",
      path: "/inbound/messages",
      permission: "campaigns.run",
      summary: "Take an incoming mail (raw MIME): kept, understood, and acted upon",
      tag: "Inbox",
      consumes: ["message/rfc822"],
      response: receptionSchema,
      handler: ({ tx, request }) => receiveMail(tx, reader, request.body as Buffer, "api"),
    }),
    route({
      method: "POST",
      path: "/inbound/interpretations",
      permission: "campaigns.run",
      summary: "What an incoming mail (raw MIME) would be understood as; stores nothing",
      tag: "Inbox",
      consumes: ["message/rfc822"],
      response: readingSchema,
      async handler({ tx, request }) {
        const understanding = await readSafely(reader, {
          raw: request.body as Buffer,
          phrases: await selectPhrases(tx),
          receivedAt: new Date(),
        });
        return presentReading(understanding, []);
      },
    }),
    route({
      method: "POST",
      path: "/contacts/:id/replies",
      permission: "contacts.view",
      summary: "Record that this person answered: the sequences that stop on reply end",
      tag: "Inbox",
      params: idParams,
      async handler({ tx, caller, params }) {
        await requireVisible(tx, caller, params.id);
        await receiveReply(tx, {
          contactId: params.id,
          followUpId: null,
          messageId: null,
          at: new Date(),
          actor: actorOf(caller),
        });
      },
    }),
    ...inboxRoutes,
    ...mailboxRoutes,
  ];
}
