import type { Channel } from "../contacts/index.ts";
import type { StopSignal } from "./csv/stop-columns.ts";

/** What happens to a contact that is there already: overwrite, fill what is empty, leave alone. */
export const modes = ["update", "fill", "skip"] as const;
export type Mode = (typeof modes)[number];

/** An address that can be read, with the key that stops know it by. */
export interface ReadableAddress {
  readonly value: string;
  readonly key: string;
}

export interface Addressee {
  /** The contact that the row stands for, when it was imported or repeats one that was. */
  readonly contactId: string | null;
  readonly emails: readonly ReadableAddress[];
  readonly phones: readonly ReadableAddress[];
}

export type ImportedKind =
  | "deactivation"
  | "unsubscribe"
  | "do_not_contact"
  | "do_not_disturb"
  | "suppression";

/** A stop as a row of a file asks for it. */
export interface WantedStop {
  readonly kind: ImportedKind;
  readonly cause: "import" | "hard_bounce" | "complaint";
  readonly channel: Channel | null;
  /** The contact, or one of its addresses. */
  readonly on: "contact" | ReadableAddress;
}

/**
 * The stops that a row asks for. What a person said binds their address, what is known of a
 * contact binds the contact. Where the fitting subject is missing the stop goes to the other one,
 * so that nothing that says stop is lost: without an address on the channel the contact is not
 * disturbed there; without a contact, as for a row that is not imported, the addresses that can
 * be read are suppressed.
 *
 * `doubtful` is for a row whose cells do not line up with the header: it suppresses, which a user
 * with stops.lift can take back, instead of speaking for the person.
 */
export function wantedStops(
  signals: readonly StopSignal[],
  addressee: Addressee,
  doubtful = false,
): WantedStop[] {
  return signals.flatMap((signal) =>
    doubtful ? suppressed(addressee, null) : stopsOf(signal, addressee),
  );
}

function stopsOf(signal: StopSignal, to: Addressee): WantedStop[] {
  const onContact = to.contactId !== null;
  switch (signal.kind) {
    case "unsubscribe":
    case "suppression": {
      const { kind, channel } = signal;
      const addresses = on(to, channel);
      const cause = kind === "suppression" ? signal.reason : "import";
      if (addresses.length > 0)
        return addresses.map((address) => ({ kind, cause, channel, on: address }));
      return onContact ? [notDisturbed(channel)] : suppressed(to, null);
    }
    case "do_not_disturb":
      if (onContact) return [notDisturbed(signal.channel)];
      return suppressed(to, on(to, signal.channel).length > 0 ? signal.channel : null);
    case "do_not_contact":
    case "deactivation":
      if (onContact) return [{ kind: signal.kind, cause: "import", channel: null, on: "contact" }];
      return suppressed(to, null);
  }
}

function on(to: Addressee, channel: Channel): readonly ReadableAddress[] {
  return channel === "email" ? to.emails : to.phones;
}

function notDisturbed(channel: Channel): WantedStop {
  return { kind: "do_not_disturb", cause: "import", channel, on: "contact" };
}

function suppressed(to: Addressee, channel: Channel | null): WantedStop[] {
  const addresses = channel === null ? [...to.emails, ...to.phones] : on(to, channel);
  return addresses.map((address) => ({
    kind: "suppression",
    cause: "import",
    channel,
    on: address,
  }));
}

/** What became of the rows (D4): `read` is the sum of the five that follow it. */
export interface Counts {
  read: number;
  created: number;
  updated: number;
  unchanged: number;
  /** Rows whose contact may not be written to, because a stop covers it; created or updated all the same. */
  stopped: number;
  rejected: number;
  stopped_created: number;
  stopped_updated: number;
  stopped_unchanged: number;
  added_to_list: number;
  /** Kept out of the list by an exclusion. */
  excluded_from_list: number;
  /** By reason code. */
  rejected_because: Record<string, number>;
  /** Stops that stood not before, by kind. */
  stops_made: Record<string, number>;
}

export const noCounts: Counts = {
  read: 0,
  created: 0,
  updated: 0,
  unchanged: 0,
  stopped: 0,
  rejected: 0,
  stopped_created: 0,
  stopped_updated: 0,
  stopped_unchanged: 0,
  added_to_list: 0,
  excluded_from_list: 0,
  rejected_because: {},
  stops_made: {},
};

/** The counts with those set apart whose contacts are stopped. */
export function withStopped(
  counts: Counts,
  stopped: { created: number; updated: number; unchanged: number },
): Counts {
  return {
    ...counts,
    created: counts.created - stopped.created,
    updated: counts.updated - stopped.updated,
    unchanged: counts.unchanged - stopped.unchanged,
    stopped: stopped.created + stopped.updated + stopped.unchanged,
    stopped_created: stopped.created,
    stopped_updated: stopped.updated,
    stopped_unchanged: stopped.unchanged,
  };
}

/** The sum of two counts, nested ones by their names. */
export function plus(a: Counts, b: Counts): Counts {
  const sum = { ...a } as Record<string, unknown>;
  for (const [name, value] of Object.entries(b)) {
    sum[name] = typeof value === "number" ? value + (sum[name] as number) : tally(sum[name], value);
  }
  return sum as unknown as Counts;
}

function tally(a: unknown, b: unknown): Record<string, number> {
  const sum = { ...(a as Record<string, number>) };
  for (const [name, value] of Object.entries(b as Record<string, number>)) {
    sum[name] = (sum[name] ?? 0) + value;
  }
  return sum;
}

/** Counts as a job shows them: numbers alone, nested ones as `rejected.duplicate_in_file`. */
export function flatCounts(counts: Counts): Record<string, number> {
  const { rejected_because, stops_made, ...numbers } = counts;
  const flat: Record<string, number> = { ...numbers };
  for (const [reason, n] of Object.entries(rejected_because)) flat[`rejected.${reason}`] = n;
  for (const [kind, n] of Object.entries(stops_made)) flat[`stops_made.${kind}`] = n;
  return flat;
}
