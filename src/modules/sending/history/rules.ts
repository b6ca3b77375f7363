import type { RefusalCode, StopCause, StopKind } from "../../consent/index.ts";

/** What stood against a send at a moment: a stop, or a fact without one. */
export interface PastRefusal {
  code: RefusalCode;
  /** Null where no stop is behind it: no address, an invalid one, excluded from the lists. */
  stop: ExplainedStop | null;
}

export interface ExplainedStop {
  kind: StopKind;
  cause: StopCause;
  made_at: Date;
  because: string;
  message_id: string | null;
  subject_type: "contact" | "address" | "domain";
  subject: string;
  generation: number;
}

export interface ExplainedMessage {
  id: string;
  state: string;
  key: string;
  due_at: Date;
  claimed_at: Date | null;
  finished_at: Date | null;
  because: string | null;
  contact_fence: number | null;
  key_fence: number | null;
  workspace_fence: number | null;
}

export interface PastFacts {
  at: Date;
  contactSince: Date;
  refusals: readonly PastRefusal[];
  /** The message that was asked about, or the nearest to the moment. */
  message: ExplainedMessage | null;
  /** What stood against that message when it was cancelled. */
  cancelledFor: readonly PastRefusal[];
}

const stopped: Readonly<Record<StopKind, string>> = {
  deactivation: "deactivated",
  unsubscribe: "unsubscribed",
  do_not_contact: "set to do not contact",
  do_not_disturb: "set to do not disturb",
  suppression: "suppressed",
  quarantine: "quarantined",
};

const how: Readonly<Record<StopCause, string>> = {
  user: "by a user",
  api: "through the API",
  manual: "by hand",
  import: "by an import",
  link: "by pressing the link",
  one_click: "by one click in the mail program",
  form: "by a form",
  preference_page: "on the preference page",
  organisation: "by the operator, for the whole organisation",
  reply: "by a reply that asked for it",
  hard_bounce: "because mail came back: the address does not exist",
  complaint: "after a spam complaint",
  soft_bounces: "after several deliveries failed in a row",
  invalid_address: "because the address is invalid",
  deletion: "when the contact was deleted",
  erasure: "because the person asked to be forgotten",
};

const withoutStop: Partial<Record<RefusalCode, string>> = {
  in_bin: "the contact is in the bin",
  no_address: "there is no address on this channel, as of today",
  address_invalid: "the address is invalid, as of today",
  excluded: "excluded from the campaign's lists, as of today",
  no_consent: "there is no consent, as of today",
};

/** A moment as a sentence names it. */
export function moment(at: Date): string {
  return `${at.toISOString().slice(0, 19).replace("T", " ")} UTC`;
}

/** A stop in words: what, when, how, from which message. */
export function describeStop(stop: ExplainedStop): string {
  const source = stop.message_id ? ` in message ${stop.message_id}` : "";
  const said = stop.because ? ` ("${stop.because}")` : "";
  return `${stopped[stop.kind]} on ${moment(stop.made_at)} ${how[stop.cause]}${source}${said}`;
}

function describe(refusals: readonly PastRefusal[]): string {
  return refusals
    .map(({ code, stop }) =>
      stop ? describeStop(stop) : (withoutStop[code] ?? "a stop covered it"),
    )
    .join("; ");
}

/**
 * Whether a message was claimed before a stop was committed, by the fence's
 * counter that the claim saw (S1), never by clocks. Null when it was not
 * claimed, or not behind that stop's fence.
 */
export function claimedBefore(message: ExplainedMessage, stop: ExplainedStop): boolean | null {
  const seen =
    stop.subject_type === "contact"
      ? message.contact_fence
      : stop.subject_type === "domain"
        ? message.workspace_fence
        : stop.subject === message.key
          ? message.key_fence
          : null;
  return seen === null ? null : seen < stop.generation;
}

/** Why a contact was, or was not, written to at a moment, in plain language. */
export function explain(facts: PastFacts): string {
  const { at, message, refusals } = facts;
  if (at < facts.contactSince)
    return `Not written to: this contact was made later, on ${moment(facts.contactSince)}.`;
  if (!message) {
    return refusals.length > 0
      ? `Not written to: ${describe(refusals)}.`
      : "No message was due; nothing stood against writing.";
  }
  const fate = fateOf(message, facts.cancelledFor);
  if (refusals.length === 0 || message.state === "cancelled") return fate;
  const first = refusals.some(({ stop }) => stop && claimedBefore(message, stop) === true);
  const order =
    first && message.finished_at ? " It had been claimed before that stop was committed." : "";
  return `Not to be written to at ${moment(at)}: ${describe(refusals)}. ${fate}${order}`;
}

function fateOf(message: ExplainedMessage, cancelledFor: readonly PastRefusal[]): string {
  const name = `message ${message.id}`;
  const ended = moment(message.finished_at ?? message.claimed_at ?? message.due_at);
  const because = message.because ? ` (${message.because})` : "";
  switch (message.state) {
    case "accepted":
    case "delivered":
    case "complained":
      return `Written to on ${ended}: nothing stood against ${name} when it was claimed.`;
    case "cancelled":
      return `Not written to: ${name} was cancelled on ${ended}${cancelledFor.length > 0 ? `: ${describe(cancelledFor)}` : because}.`;
    case "bounced":
      return `Not reached: ${name} was refused on ${ended}, because the address does not exist${because}.`;
    case "failed":
      return `Not written to: ${name} could not be sent, as of ${ended}${because}.`;
    case "unknown":
      return `Perhaps written to on ${ended}: ${name} was handed over and no answer came${because}; it is never sent again by itself.`;
    case "claimed":
      return `Being written to: ${name} is being handed over since ${ended}.`;
    default:
      return `Not written to yet: ${name} waits in the outbox, due on ${moment(message.due_at)}.`;
  }
}
