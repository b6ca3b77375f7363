import type { Item } from "../../api/types.ts";
import type { Step } from "./types.ts";

export type StepChannel = Step["channel"];
export const stepChannels = ["email", "sms", "whatsapp"] as const satisfies readonly StepChannel[];

type Account = Item<"/api/v1/sending-accounts">;
type TemplateFormat = Item<"/api/v1/templates">["format"];

/** Mail takes text and MJML; a text message takes what was written as one. */
export function fits(format: TemplateFormat, channel: StepChannel): boolean {
  return (format === "sms") === (channel !== "email");
}

/**
 * What a step on a channel goes out by: the campaign's own account is for the
 * channel of its first step, every other channel takes that channel's default.
 */
export function accountFor(
  accounts: readonly Account[],
  campaign: { steps: readonly { channel: StepChannel }[]; sending_account_id: string | null },
  channel: StepChannel,
): Account | undefined {
  const own = campaign.sending_account_id;
  if (own !== null && channel === (campaign.steps[0]?.channel ?? "email"))
    return accounts.find((each) => each.id === own);
  return accounts.find(
    (each) => each.channel === channel && each.is_default && each.archived_at === null,
  );
}
