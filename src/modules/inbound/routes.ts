import { z } from "zod";
import { id, idParams, type Route, route } from "../../kernel/http/index.ts";
import { requireVisible } from "../contacts/index.ts";
import { actorOf } from "../ledger/index.ts";
import { receiveMail, receiveReply } from "./receive-reply.ts";

const receptionSchema = z.object({
  kind: z.enum(["reply", "automatic", "unmatched"]),
  contact_id: id.nullable(),
  message_id: id.nullable().describe("the message of ours that it answers"),
  because: z.string(),
});

export const inboundRoutes: Route[] = [
  route({
    method: "POST",
    path: "/inbound/messages",
    permission: "campaigns.run",
    summary: "Take an incoming mail (raw MIME): an answer ends the sequences that stop on reply",
    tag: "Inbound",
    consumes: ["message/rfc822"],
    response: receptionSchema,
    handler: async ({ tx, caller, request }) =>
      receiveMail(tx, request.body as Buffer, actorOf(caller)),
  }),
  route({
    method: "POST",
    path: "/contacts/:id/replies",
    permission: "contacts.view",
    summary: "Record that this person answered: the sequences that stop on reply end",
    tag: "Inbound",
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
];
