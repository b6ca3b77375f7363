import type { StopCause, StopKind } from "./kinds.ts";

/** Why a message may not go, in the order of product.md; the SQL function sending_status sets the bits. */
export const refusalBits = {
  in_bin: 1,
  deactivated: 2,
  no_address: 4,
  address_invalid: 8,
  quarantined: 16,
  suppressed: 32,
  unsubscribed: 64,
  do_not_disturb: 128,
  do_not_contact: 256,
  no_consent: 512,
  excluded: 1024,
} as const;

export type RefusalCode = keyof typeof refusalBits;
export const refusalCodes = Object.keys(refusalBits) as RefusalCode[];

/** The codes that a mask of sending_status holds, first reason first. */
export function refusalsOf(mask: number): RefusalCode[] {
  return refusalCodes.filter((code) => (mask & refusalBits[code]) !== 0);
}

/** The refusal that a standing stop of this kind gives. */
export const refusalOfKind: Readonly<Record<StopKind, RefusalCode>> = {
  deactivation: "deactivated",
  unsubscribe: "unsubscribed",
  do_not_contact: "do_not_contact",
  do_not_disturb: "do_not_disturb",
  suppression: "suppressed",
  quarantine: "quarantined",
};

/** Who asks for a lift, as the rule sees them. */
export interface Lifter {
  /**
   * `recipient` through a preference page, START or a confirmed opt-in; `correction` by a user who
   * says that Heed misread the answer that made the stop; `operator` at the server's terminal, for
   * the whole organisation.
   */
  as: "user" | "recipient" | "system" | "correction" | "operator";
  permissions: ReadonlySet<string>;
}

export interface LiftPolicy {
  /** The workspace lets administrators lift an unsubscribe when they attach evidence. */
  administratorsMayLiftUnsubscribes: boolean;
}

export interface Lifting {
  /** In words, for the person who may not. */
  who: string;
  /** What ends this stop. */
  how: string;
  /** The permission that lifts it, or null when no user may. */
  permission: string | null;
  needsAuthorization: boolean;
  needsEvidence: boolean;
}

/** Who may lift a stop and how (product.md, Kinds of stop). */
export function lifting(stop: { kind: StopKind; cause: StopCause }, policy: LiftPolicy): Lifting {
  switch (stop.kind) {
    case "deactivation":
      return {
        who: "a user with contacts.reactivate",
        how: "Activate the contact, stating who authorised it",
        permission: "contacts.reactivate",
        needsAuthorization: true,
        needsEvidence: false,
      };
    case "unsubscribe":
      return policy.administratorsMayLiftUnsubscribes
        ? {
            who: "the person, or a user with stops.lift who attaches evidence",
            how: "The person opts in again, or an administrator lifts it with the evidence of their consent",
            permission: "stops.lift",
            needsAuthorization: true,
            needsEvidence: true,
          }
        : {
            who: "the person only",
            how: "The person opts in again on the preference page, by START or by a confirmed opt-in",
            permission: null,
            needsAuthorization: false,
            needsEvidence: false,
          };
    case "do_not_contact":
    case "do_not_disturb":
      return {
        who: "a user with contacts.edit",
        how: "Take it back where it was set, on the prospect or the profile",
        permission: "contacts.edit",
        needsAuthorization: false,
        needsEvidence: false,
      };
    case "quarantine":
      return {
        who: "nobody: it lifts itself",
        how: "It ends with the next successful delivery or a corrected address",
        permission: null,
        needsAuthorization: false,
        needsEvidence: false,
      };
    case "suppression":
      if (stop.cause === "complaint") {
        return {
          who: "nobody",
          how: "A spam complaint is never lifted",
          permission: null,
          needsAuthorization: false,
          needsEvidence: false,
        };
      }
      if (stop.cause === "organisation") {
        return {
          who: "the operator",
          how: "The operator lifts it in every workspace: heed unsuppress --everywhere",
          permission: null,
          needsAuthorization: false,
          needsEvidence: false,
        };
      }
      return {
        who: "a user with stops.lift",
        how:
          stop.cause === "hard_bounce"
            ? "Correct or verify the address, or lift it with a reason"
            : "Lift it with a reason",
        permission: "stops.lift",
        needsAuthorization: true,
        needsEvidence: false,
      };
  }
}

/** Null when this lifter may lift the stop, else why not. */
export function whyNotLift(
  stop: { kind: StopKind; cause: StopCause },
  lifter: Lifter,
  given: { authorization: string; hasEvidence: boolean },
  policy: LiftPolicy,
): string | null {
  const rule = lifting(stop, policy);
  if (lifter.as === "recipient") {
    return stop.kind === "unsubscribe" ? null : `Only ${rule.who} may lift this.`;
  }
  if (lifter.as === "operator") {
    return stop.cause === "organisation" ? null : `Only ${rule.who} may lift this.`;
  }
  if (lifter.as === "system") {
    const corrected =
      stop.kind === "quarantine" ||
      stop.cause === "hard_bounce" ||
      stop.cause === "invalid_address";
    return corrected ? null : `Only ${rule.who} may lift this.`;
  }
  if (lifter.as === "correction") {
    if (stop.cause !== "reply") return `Only ${rule.who} may lift this.`;
    return lifter.permissions.has("contacts.reactivate")
      ? null
      : "The reading of this answer made a stop. Only a user with contacts.reactivate may correct it to something else.";
  }
  if (rule.permission === null) return `This can be lifted by ${rule.who}. ${rule.how}.`;
  if (!lifter.permissions.has(rule.permission))
    return `Only ${rule.who} may lift this. Ask one of them.`;
  if (rule.needsAuthorization && given.authorization.trim() === "") {
    return "State who authorised it and how, so that it can be proved later.";
  }
  if (rule.needsEvidence && !given.hasEvidence) {
    return "Attach the evidence of the person's consent.";
  }
  return null;
}
