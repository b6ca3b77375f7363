/** Where a lead stands (S0's stages, product.md). */
export const stages = [
  "new",
  "pending",
  "cold",
  "engaged",
  "warm",
  "hot",
  "responded",
  "out_of_office",
  "processed",
  "deactivated",
  "unsubscribed",
] as const;
export type Stage = (typeof stages)[number];

/** What a stage follows from; counted by the modules that own the facts. */
export interface StageFacts {
  deactivated: boolean;
  unsubscribed: boolean;
  /** When the person last answered, or null. */
  repliedAt: Date | null;
  /** True when that answer was an automatic one. */
  outOfOffice: boolean;
  /** When somebody said that the lead is dealt with, or null. */
  processedAt: Date | null;
  /** When the last message to the person was accepted, or null. */
  lastSentAt: Date | null;
  sent: number;
  opened: number;
  clicked: number;
  /** True while a follow-up has a step to come. */
  pendingFollowUp: boolean;
}

/** Facts of a contact of whom nothing is known. */
export const noFacts: StageFacts = {
  deactivated: false,
  unsubscribed: false,
  repliedAt: null,
  outOfOffice: false,
  processedAt: null,
  lastSentAt: null,
  sent: 0,
  opened: 0,
  clicked: 0,
  pendingFollowUp: false,
};

/**
 * The stage of a lead. A stop outweighs an answer, an answer outweighs clicks, clicks outweigh
 * opens. "Processed" is the one stage that a person sets by hand; it holds until the person answers
 * again or is written to again.
 */
export function stageOf(facts: StageFacts): Stage {
  if (facts.deactivated) return "deactivated";
  if (facts.unsubscribed) return "unsubscribed";
  if (isProcessed(facts)) return "processed";
  if (facts.repliedAt) return facts.outOfOffice ? "out_of_office" : "responded";
  if (facts.sent === 0) return facts.pendingFollowUp ? "pending" : "new";
  if (facts.clicked > 0) return "hot";
  if (facts.opened > 1) return "warm";
  if (facts.opened === 1) return "engaged";
  return "cold";
}

function isProcessed({ processedAt, repliedAt, lastSentAt }: StageFacts): boolean {
  if (processedAt === null) return false;
  return ![repliedAt, lastSentAt].some((fact) => fact !== null && fact > processedAt);
}
