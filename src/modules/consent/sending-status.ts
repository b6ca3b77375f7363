import type { Tx } from "../../kernel/database/index.ts";
import { HeedError } from "../../kernel/errors.ts";
import { type Channel, channels } from "../contacts/index.ts";
import { liftPolicy } from "./lift-policy.ts";
import { lifting, type RefusalCode, refusalBits, refusalsOf } from "./rules.ts";
import { coveringStops, decide, decideMany } from "./status-queries.ts";

export interface Refusal {
  code: RefusalCode;
  /** The stop behind it; null where no stop is (no address, invalid, excluded, in the bin). */
  stop_id: string | null;
  since: Date | null;
  because: string;
  who_may_lift: string;
  how: string;
}

export interface SendingStatus {
  channel: Channel;
  eligible: boolean;
  address: string | null;
  refusals: Refusal[];
}

export interface Question {
  contactId: string;
  channel: Channel;
  topicId?: string | null;
  campaignId?: string | null;
}

/**
 * May we write to this contact on this channel, and if not, every reason, since
 * when and what would end it. The decision is the SQL function sending_status,
 * the same that audiences and claims ask.
 */
export async function sendingStatus(tx: Tx, question: Question): Promise<SendingStatus> {
  const asked = { topicId: null, campaignId: null, ...question };
  const decision = await decide(tx, asked);
  if (!decision) throw new HeedError("not_found", "There is no such contact.");
  const refusals: Refusal[] = [];
  if (decision.refusals !== 0) {
    const stops = await coveringStops(tx, asked);
    const lifts = await liftPolicy(tx);
    for (const code of refusalsOf(decision.refusals)) {
      const behind = stops.filter((stop) => stop.refusal === refusalBits[code]);
      if (behind.length === 0) refusals.push(withoutStop(code));
      for (const stop of behind) {
        const rule = lifting(stop, lifts);
        refusals.push({
          code,
          stop_id: stop.id,
          since: stop.made_at,
          because: stop.because || becauseOf[stop.cause],
          who_may_lift: rule.who,
          how: rule.how,
        });
      }
    }
  }
  return {
    channel: question.channel,
    eligible: decision.refusals === 0,
    address: decision.address,
    refusals,
  };
}

/** The status on every channel. */
export async function sendingStatuses(
  tx: Tx,
  question: Omit<Question, "channel">,
): Promise<SendingStatus[]> {
  const statuses: SendingStatus[] = [];
  for (const channel of channels) statuses.push(await sendingStatus(tx, { ...question, channel }));
  return statuses;
}

export interface ChannelSummary {
  channel: Channel;
  eligible: boolean;
  refusals: RefusalCode[];
}

/** The decision without its details, for rows of a table. */
export async function sendingSummaries(
  tx: Tx,
  contactIds: readonly string[],
): Promise<Map<string, ChannelSummary[]>> {
  const summaries = new Map<string, ChannelSummary[]>(contactIds.map((id) => [id, []]));
  if (contactIds.length === 0) return summaries;
  for (const row of await decideMany(tx, contactIds, channels)) {
    summaries.get(row.contact_id)?.push({
      channel: row.channel,
      eligible: row.refusals === 0,
      refusals: refusalsOf(row.refusals),
    });
  }
  return summaries;
}

const becauseOf = {
  user: "set by a user",
  api: "set through the API",
  manual: "suppressed by hand",
  import: "came with an import",
  link: "pressed unsubscribe",
  one_click: "unsubscribed in their mail program",
  form: "asked by form",
  preference_page: "chosen on the preference page",
  organisation: "suppressed for the whole organisation",
  reply: "asked in a reply",
  hard_bounce: "mail came back: the address does not exist",
  complaint: "reported as spam",
  soft_bounces: "several deliveries failed in a row",
  invalid_address: "the address is invalid",
  deletion: "suppressed when the contact was deleted",
  erasure: "the person asked to be forgotten",
} as const;

function withoutStop(code: RefusalCode): Refusal {
  const [because, who, how] =
    code === "in_bin"
      ? [
          "the contact was deleted",
          "a user with contacts.restore",
          "Restore the contact from the bin",
        ]
      : code === "no_address"
        ? ["there is no address on this channel", "a user with contacts.edit", "Add an address"]
        : code === "address_invalid"
          ? ["the address is invalid", "a user with contacts.edit", "Correct the address"]
          : code === "excluded"
            ? [
                "excluded from the campaign's lists",
                "a user with lists.exclude",
                "Take the exclusion back in the list",
              ]
            : code === "no_consent"
              ? [
                  "the person has not opted in to this topic",
                  "the person, or a user who records their opt-in",
                  "The person opts in by form or preference page; a user may record an opt-in with its evidence",
                ]
              : ["a stop covers it", "see the stops", "See the contact's stops"];
  return {
    code,
    stop_id: null,
    since: null,
    because: because as string,
    who_may_lift: who as string,
    how: how as string,
  };
}
