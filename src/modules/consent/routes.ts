import { z } from "zod";
import { id, idParams, type Route, route } from "../../kernel/http/index.ts";
import { channelSchema, requireVisible } from "../contacts/index.ts";
import { actorOf } from "../ledger/index.ts";
import { acknowledgeAgain } from "./acknowledge-again.ts";
import { activate, deactivate } from "./activation.ts";
import { setDoNotDisturb } from "./do-not-disturb.ts";
import { liftPolicy } from "./lift-policy.ts";
import { liftStop } from "./lift-stop.ts";
import { makeStop } from "./make-stop.ts";
import { kindAsked, lifterOf, requireScope, requireStopVisible, subjectOf } from "./policy.ts";
import {
  presentReceipt,
  presentStatus,
  presentStopRecord,
  receiptSchema,
  sendingStatusSchema,
  stopKindSchema,
  stopRecordSchema,
} from "./present.ts";
import { stopsOfSubjects, subjectsOfContact } from "./queries.ts";
import { sendingStatus, sendingStatuses } from "./sending-status.ts";
import { liftableStopSchema, presentLiftable } from "./suppressions/present.ts";

const because = z.string().max(2000).default("");
const disturbance = z.enum(["off", "outbound", "both"]);

export const stopRoutes: Route[] = [
  route({
    method: "GET",
    path: "/contacts/:id/sending-status",
    permission: "contacts.view",
    summary: "May we write to this contact, and if not, every reason",
    tag: "Stops",
    params: idParams,
    query: z.object({
      channel: channelSchema.optional(),
      topic_id: id.optional(),
      campaign_id: id.optional(),
    }),
    response: z.object({ channels: z.array(sendingStatusSchema) }),
    async handler({ tx, caller, params, query }) {
      await requireVisible(tx, caller, params.id);
      const question = {
        contactId: params.id,
        topicId: query.topic_id ?? null,
        campaignId: query.campaign_id ?? null,
      };
      const statuses = query.channel
        ? [await sendingStatus(tx, { ...question, channel: query.channel })]
        : await sendingStatuses(tx, question);
      return { channels: statuses.map(presentStatus) };
    },
  }),
  route({
    method: "POST",
    path: "/contacts/:id/deactivation",
    permission: "contacts.view",
    summary: "Deactivate: no channel writes to this contact",
    tag: "Stops",
    params: idParams,
    body: z.object({ because }),
    response: receiptSchema,
    status: 201,
    again: acknowledgeAgain,
    async handler({ tx, caller, params, body }) {
      await requireVisible(tx, caller, params.id);
      return presentReceipt(
        await deactivate(tx, {
          contactId: params.id,
          because: body.because,
          actor: actorOf(caller),
        }),
      );
    },
  }),
  route({
    method: "DELETE",
    path: "/contacts/:id/deactivation",
    permission: "contacts.reactivate",
    summary: "Activate again, stating who authorised it",
    tag: "Stops",
    params: idParams,
    body: z.object({ authorization: z.string().max(2000).describe("Who authorised it, and how") }),
    response: z.object({ lifted_stop_ids: z.array(id) }),
    async handler({ tx, caller, params, body }) {
      await requireVisible(tx, caller, params.id);
      return {
        lifted_stop_ids: await activate(tx, {
          contactId: params.id,
          authorization: body.authorization,
          actor: actorOf(caller),
          lifter: lifterOf(caller),
        }),
      };
    },
  }),
  route({
    method: "PUT",
    path: "/contacts/:id/do-not-disturb",
    permission: "contacts.view",
    summary: "Set do-not-disturb per channel; setting back to off needs contacts.edit",
    tag: "Stops",
    params: idParams,
    body: z
      .object({ email: disturbance, sms: disturbance, whatsapp: disturbance, call: disturbance })
      .partial()
      .extend({ because }),
    response: z.object({
      receipts: z.array(receiptSchema),
      channels: z.array(sendingStatusSchema),
    }),
    async again(tx, answer) {
      const receipts = [];
      for (const receipt of answer.receipts) receipts.push(await acknowledgeAgain(tx, receipt));
      return { ...answer, receipts };
    },
    async handler({ tx, caller, params, body }) {
      await requireVisible(tx, caller, params.id);
      const { because: reason, ...wanted } = body;
      const receipts = await setDoNotDisturb(tx, {
        contactId: params.id,
        channels: wanted,
        because: reason,
        actor: actorOf(caller),
        lifter: lifterOf(caller),
      });
      const statuses = await sendingStatuses(tx, { contactId: params.id });
      return { receipts: receipts.map(presentReceipt), channels: statuses.map(presentStatus) };
    },
  }),
  route({
    method: "GET",
    path: "/contacts/:id/stops",
    permission: "contacts.view",
    summary: "Every stop ever made on this contact and its addresses, with lifts",
    tag: "Stops",
    params: idParams,
    response: z.object({ items: z.array(liftableStopSchema), next_cursor: z.null() }),
    async handler({ tx, caller, params }) {
      await requireVisible(tx, caller, params.id);
      const stops = await stopsOfSubjects(tx, await subjectsOfContact(tx, params.id));
      const policy = await liftPolicy(tx);
      return {
        items: stops.map((stop) => presentLiftable(stop, lifterOf(caller), policy)),
        next_cursor: null,
      };
    },
  }),
  route({
    method: "POST",
    path: "/stops",
    permission: "contacts.view",
    summary: "Make a stop of any kind on exactly one of contact_id, address, domain",
    description:
      "Acknowledged once it is committed, journalled and has waited up to 2 s for messages already claimed; what is still under way is listed.",
    tag: "Stops",
    body: z.object({
      kind: stopKindSchema
        .exclude(["quarantine"])
        .optional()
        .describe("May be left out of a complaint, which is a suppression that nobody lifts"),
      contact_id: id.optional(),
      address: z.object({ channel: channelSchema, value: z.string().max(400) }).optional(),
      domain: z.string().max(300).optional(),
      channel: channelSchema.nullish(),
      topic_id: id.nullish(),
      campaign_id: id.nullish(),
      direction: z.enum(["outbound", "both"]).optional(),
      cause: z.enum(["manual", "complaint", "hard_bounce", "form"]).optional(),
      because,
      origin: z.string().max(300).optional().describe("Who reported it, such as an abuse desk"),
      evidence: z.record(z.string(), z.unknown()).default({}),
    }),
    response: receiptSchema,
    status: 201,
    again: acknowledgeAgain,
    async handler({ tx, caller, body }) {
      const kind = kindAsked(caller, body);
      const subject = await subjectOf(tx, caller, body);
      const scope = { topicId: body.topic_id ?? null, campaignId: body.campaign_id ?? null };
      await requireScope(tx, { kind, ...scope });
      return presentReceipt(
        await makeStop(tx, {
          kind,
          subject,
          channel: body.channel ?? null,
          ...scope,
          direction: body.direction ?? "outbound",
          cause:
            body.cause ?? (kind === "suppression" ? "manual" : caller.apiKeyId ? "api" : "user"),
          because: body.because,
          evidence: body.origin ? { ...body.evidence, origin: body.origin } : body.evidence,
          actor: actorOf(caller),
        }),
      );
    },
  }),
  route({
    method: "POST",
    path: "/stops/:id/lift",
    permission: "contacts.view",
    summary: "Lift one stop; who may depends on its kind",
    tag: "Stops",
    params: idParams,
    body: z.object({
      authorization: z.string().max(2000).default(""),
      evidence: z.record(z.string(), z.unknown()).default({}),
    }),
    response: stopRecordSchema,
    async handler({ tx, caller, params, body }) {
      await requireStopVisible(tx, caller, params.id);
      return presentStopRecord(
        await liftStop(tx, {
          stopId: params.id,
          actor: actorOf(caller),
          lifter: lifterOf(caller),
          authorization: body.authorization,
          evidence: body.evidence,
        }),
      );
    },
  }),
];
