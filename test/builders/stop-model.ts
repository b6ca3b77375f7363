import fc from "fast-check";
import type { Tx } from "../../src/kernel/database/index.ts";
import { newId } from "../../src/kernel/ids.ts";
import {
  makeStops,
  type RefusalCode,
  type StopCause,
  type StopKind,
  type StopRow,
} from "../../src/modules/consent/index.ts";
import {
  type Channel,
  channels,
  keyOfAddress,
  keyOfDomain,
} from "../../src/modules/contacts/index.ts";
import type { Actor } from "../../src/modules/ledger/index.ts";
import { buildContactRow } from "./contact-row.ts";

export const user: Actor = { type: "user", id: newId() };
const topics = [newId(), newId()];
const campaigns = [newId(), newId()];
const ownEmail = "ann.lee@mail.example.org";
const ownPhone = "+32470123456";
const furtherEmail = "ann@second.example.net";
const furtherPhone = "+32470999999";

/** A stop in the words of the model: who or what it is on, not which key. */
export interface ModelStop {
  kind: StopKind;
  cause: StopCause;
  on:
    | "contact"
    | "stranger"
    | "email"
    | "phone"
    | "further email"
    | "further phone"
    | "other email"
    | "domain"
    | "root domain"
    | "other domain";
  channel: Channel | null;
  topicId: string | null;
  campaignId: string | null;
}

const channelOrAll = fc.constantFrom<(Channel | null)[]>(null, ...channels);
const anyTopic = fc.constantFrom(null, ...topics);
const anyCampaign = fc.constantFrom(null, ...campaigns);
const onAddress = fc.constantFrom(
  "email",
  "phone",
  "further email",
  "further phone",
  "other email",
);

export const anyStop: fc.Arbitrary<ModelStop> = fc
  .oneof(
    fc.record({
      kind: fc.constant("deactivation"),
      cause: fc.constantFrom("user", "reply"),
      on: fc.constantFrom("contact", "stranger"),
    }),
    fc.record({
      kind: fc.constant("do_not_contact"),
      cause: fc.constant("user"),
      on: fc.constantFrom("contact", "stranger"),
      campaignId: anyCampaign,
    }),
    fc.record({
      kind: fc.constant("do_not_disturb"),
      cause: fc.constantFrom("user", "api"),
      on: fc.constantFrom("contact", "stranger"),
      channel: channelOrAll,
    }),
    fc.record({
      kind: fc.constant("unsubscribe"),
      cause: fc.constantFrom("link", "one_click", "reply"),
      on: onAddress,
      channel: fc.constantFrom(...channels),
      topicId: anyTopic,
    }),
    fc.record({
      kind: fc.constant("suppression"),
      cause: fc.constantFrom("manual", "complaint", "hard_bounce", "import"),
      on: onAddress,
      channel: channelOrAll,
    }),
    fc.record({
      kind: fc.constant("suppression"),
      cause: fc.constantFrom("manual", "import"),
      on: fc.constantFrom("domain", "root domain", "other domain"),
      channel: channelOrAll,
    }),
    // Rare among the others, and where the rule is finest: what was said on another address of theirs.
    fc.record({
      kind: fc.constant("suppression"),
      cause: fc.constantFrom("complaint", "hard_bounce"),
      on: fc.constantFrom("further email", "further phone"),
      channel: channelOrAll,
    }),
    fc.record({
      kind: fc.constant("quarantine"),
      cause: fc.constant("soft_bounces"),
      on: onAddress,
      channel: fc.constantFrom(...channels),
    }),
  )
  .map((stop) => ({ channel: null, topicId: null, campaignId: null, ...stop }) as ModelStop);

export const anyPerson = fc.record({
  hasEmail: fc.boolean(),
  hasPhone: fc.boolean(),
  emailValidity: fc.constantFrom("unknown" as const, "valid" as const, "invalid" as const),
  phoneValidity: fc.constantFrom("unknown" as const, "valid" as const, "invalid" as const),
  inBin: fc.boolean(),
  hasFurther: fc.boolean(),
  /** The primary number stands among the further addresses too, where it is not on SMS alone. */
  phoneOnWhatsapp: fc.boolean(),
});
export type Person = typeof anyPerson extends fc.Arbitrary<infer P> ? P : never;

export interface Asked {
  channel: Channel;
  topicId: string | null;
  campaignId: string | null;
}
export const anyQuestion: fc.Arbitrary<Asked> = fc.record({
  channel: fc.constantFrom(...channels),
  topicId: anyTopic,
  campaignId: anyCampaign,
});

/** product.md, Sending status, in its order: the reference that the SQL must agree with. */
const order: RefusalCode[] = [
  "in_bin",
  "deactivated",
  "no_address",
  "address_invalid",
  "quarantined",
  "suppressed",
  "unsubscribed",
  "do_not_disturb",
  "do_not_contact",
];

/** The refusal that a stop gives for what is asked, or null. */
export function covers(person: Person, stop: ModelStop, asked: Asked): RefusalCode | null {
  if (stop.channel !== null && stop.channel !== asked.channel) return null;
  const has = asked.channel === "email" ? person.hasEmail : person.hasPhone;
  const primary = asked.channel === "email" ? "email" : "phone";
  const onIt =
    stop.on === "contact" ||
    (stop.on === primary && has) ||
    // Domains are domains of mail addresses.
    ((stop.on === "domain" || stop.on === "root domain") &&
      asked.channel === "email" &&
      person.hasEmail) ||
    // What the person said about another of their addresses holds for them.
    ((stop.on === "further email" || stop.on === "further phone") &&
      person.hasFurther &&
      (stop.kind === "unsubscribe" || stop.cause === "complaint")) ||
    (stop.on === "phone" &&
      person.hasPhone &&
      person.phoneOnWhatsapp &&
      (stop.kind === "unsubscribe" || stop.cause === "complaint"));
  if (!onIt) return null;
  switch (stop.kind) {
    case "deactivation":
      return "deactivated";
    case "quarantine":
      return "quarantined";
    case "suppression":
      return "suppressed";
    case "unsubscribe":
      return stop.topicId === null || stop.topicId === asked.topicId ? "unsubscribed" : null;
    case "do_not_disturb":
      return "do_not_disturb";
    case "do_not_contact":
      return stop.campaignId === null || stop.campaignId === asked.campaignId
        ? "do_not_contact"
        : null;
  }
}

export function expected(person: Person, stops: readonly ModelStop[], asked: Asked): RefusalCode[] {
  const codes = new Set<RefusalCode>();
  if (person.inBin) codes.add("in_bin");
  if (asked.channel === "email") {
    if (!person.hasEmail) codes.add("no_address");
    else if (person.emailValidity === "invalid") codes.add("address_invalid");
  } else if (!person.hasPhone) codes.add("no_address");
  else if (person.phoneValidity === "invalid") codes.add("address_invalid");
  for (const stop of stops) {
    const code = covers(person, stop, asked);
    if (code) codes.add(code);
  }
  return order.filter((code) => codes.has(code));
}

export function buildPerson(tx: Tx, person: Person): Promise<string> {
  return buildContactRow(tx, {
    email: person.hasEmail ? ownEmail : null,
    phone: person.hasPhone ? ownPhone : null,
    emailValidity: person.emailValidity,
    phoneValidity: person.phoneValidity,
    inBin: person.inBin,
    further: [
      ...(person.hasFurther
        ? [
            { channel: "email" as const, value: furtherEmail },
            { channel: "sms" as const, value: furtherPhone },
          ]
        : []),
      ...(person.hasPhone && person.phoneOnWhatsapp
        ? [{ channel: "whatsapp" as const, value: ownPhone }]
        : []),
    ],
  });
}

/** Makes the stop as a command would, by key so that the address may be anybody's. Returns the standing stop's id. */
export async function make(
  tx: Tx,
  who: { contactId: string; strangerId: string },
  stop: ModelStop,
): Promise<string> {
  const row: StopRow = {
    id: newId(),
    kind: stop.kind,
    cause: stop.cause,
    ...subjectOf(tx, who, stop.on),
    channel: stop.channel,
    topic_id: stop.topicId,
    campaign_id: stop.campaignId,
    direction: "outbound",
    actor_type: user.type,
    actor_id: user.id,
    contact_id: null,
    address: null,
    because: "",
    evidence: {},
  };
  const { stood } = await makeStops(tx, [row]);
  return stood.get(row.id) ?? row.id;
}

function subjectOf(
  tx: Tx,
  who: { contactId: string; strangerId: string },
  on: ModelStop["on"],
): Pick<StopRow, "subject_type" | "subject"> {
  switch (on) {
    case "contact":
      return { subject_type: "contact", subject: who.contactId };
    case "stranger":
      return { subject_type: "contact", subject: who.strangerId };
    case "domain":
    case "root domain":
    case "other domain":
      return { subject_type: "domain", subject: keyOfDomain(tx.secrets, domains[on]).key };
    default: {
      const address = addresses[on];
      return {
        subject_type: "address",
        subject: keyOfAddress(tx.secrets, address.includes("@") ? "email" : "sms", address).key,
      };
    }
  }
}

const addresses = {
  email: ownEmail,
  phone: ownPhone,
  "further email": furtherEmail,
  "further phone": furtherPhone,
  "other email": "bob@elsewhere.example.com",
} as const;
const domains = {
  domain: "mail.example.org",
  "root domain": "example.org",
  "other domain": "elsewhere.example.com",
} as const;
