import { z } from "zod";
import { HeedError } from "../../../kernel/errors.ts";
import {
  id,
  idParams,
  type Route,
  rfc3339,
  rfc3339OrNull,
  route,
  time,
} from "../../../kernel/http/index.ts";
import {
  type Channel,
  channelSchema,
  type LiveContact,
  requireVisible,
} from "../../contacts/index.ts";
import { actorOf } from "../../ledger/index.ts";
import { subjectsOfContact } from "../queries.ts";
import { optIn } from "./opt-in.ts";
import { type ConsentEvent, consentHistory, type TopicChoice, topicChoices } from "./queries.ts";

const choiceSchema = z.object({
  channel: channelSchema,
  topic_id: id,
  name: z.string(),
  state: z.enum(["opted_in", "implied", "expired", "opted_out", "none"]),
  since: time.nullable(),
  expires_at: time.nullable(),
});

const eventSchema = z.object({
  id,
  at: time,
  channel: channelSchema,
  topic_id: id.nullable().describe("null: every topic of the channel"),
  state: z.enum(["opted_in", "opted_out", "implied", "lifted"]),
  source: z.string(),
  stop_id: id.nullable(),
  evidence: z.record(z.string(), z.unknown()),
  actor: z.object({ type: z.string(), id: id.nullable() }),
  expires_at: time.nullable(),
});

const consentsSchema = z.object({
  items: z.array(choiceSchema),
  history: z.array(eventSchema).describe("Newest first"),
  next_cursor: z.null(),
});

const optInBody = z
  .object({
    channel: channelSchema.default("email"),
    topic_id: id,
    state: z.enum(["opted_in", "implied"]).default("opted_in"),
    evidence: z
      .string()
      .trim()
      .min(1)
      .max(2000)
      .describe("How the person agreed, and where that is kept"),
    expires_at: z.iso.datetime({ offset: true }).optional(),
  })
  .refine((body) => body.state !== "implied" || body.expires_at !== undefined, {
    path: ["expires_at"],
    message: "implied consent needs the time at which it ends",
  });

/** The consent centre's side of a contact: what they agreed to, what they took back, and how that is known. */
export const consentRoutes: Route[] = [
  route({
    method: "GET",
    path: "/contacts/:id/consents",
    permission: "contacts.view",
    summary: "What the contact agreed to by topic, and the history",
    tag: "Topics",
    params: idParams,
    response: consentsSchema,
    async handler({ tx, caller, params }) {
      const contact = await requireVisible(tx, caller, params.id);
      return presentConsents(tx, contact);
    },
  }),
  route({
    method: "POST",
    path: "/contacts/:id/consents",
    permission: "contacts.edit",
    summary: "Record that the person agreed to a topic, with the evidence; lifts no unsubscribe",
    tag: "Topics",
    params: idParams,
    body: optInBody,
    response: consentsSchema,
    status: 201,
    async handler({ tx, caller, params, body }) {
      const contact = await requireVisible(tx, caller, params.id);
      const key = keyOn(contact, body.channel);
      if (!key) {
        throw new HeedError(
          "no_address",
          `This contact has no address on the channel ${body.channel}.`,
        );
      }
      await optIn(tx, {
        address: { key, channel: body.channel },
        contactId: contact.id,
        byPerson: false,
        topicId: body.topic_id,
        state: body.state,
        expiresAt: body.expires_at ? new Date(body.expires_at) : null,
        source: caller.apiKeyId ? "api" : "user",
        evidence: { note: body.evidence },
        actor: actorOf(caller),
      });
      return presentConsents(tx, contact);
    },
  }),
];

function keyOn(contact: LiveContact, channel: Channel): string | null {
  return channel === "email" ? contact.email_key : contact.phone_key;
}

async function presentConsents(
  tx: Parameters<typeof topicChoices>[0],
  contact: LiveContact,
): Promise<z.input<typeof consentsSchema>> {
  const items: z.input<typeof choiceSchema>[] = [];
  for (const channel of ["email", "sms", "whatsapp"] as const) {
    const key = keyOn(contact, channel);
    if (key === null) continue;
    const choices = await topicChoices(tx, { key, channel });
    items.push(...choices.map((choice) => presentChoice(channel, choice)));
  }
  const history = await consentHistory(tx, await subjectsOfContact(tx, contact.id));
  return { items, history: history.map(presentEvent), next_cursor: null };
}

function presentChoice(channel: Channel, choice: TopicChoice): z.input<typeof choiceSchema> {
  const { topic_id, name, state } = choice;
  return {
    channel,
    topic_id,
    name,
    state,
    since: rfc3339OrNull(choice.since),
    expires_at: rfc3339OrNull(choice.expires_at),
  };
}

function presentEvent(event: ConsentEvent & { at: Date }): z.input<typeof eventSchema> {
  const { actor_type, actor_id, at, expires_at, key: _, ...shown } = event;
  return {
    ...shown,
    at: rfc3339(at),
    actor: { type: actor_type, id: actor_id },
    expires_at: rfc3339OrNull(expires_at),
  };
}
