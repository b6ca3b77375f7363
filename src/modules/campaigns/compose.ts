import type { Tx } from "../../kernel/database/index.ts";
import { HeedError } from "../../kernel/errors.ts";
import type { ClaimedMessage, Composer, SendingAccount } from "../sending/index.ts";
import { selectCampaign } from "./campaign-queries.ts";
import { type CompiledContent, renderContent, sampleVariables } from "./content/index.ts";
import { selectContactValues, selectContent } from "./content-queries.ts";
import { type CommonVariables, commonVariables, contactVariables } from "./content-variables.ts";

interface Part {
  content: CompiledContent;
  common: CommonVariables;
}

/** Name, time zone and workspace of a campaign, for so long (ms): a change of them shows within a second. */
const commonFor = 1_000;
interface Common {
  variables: CommonVariables;
  startedAt: Date | null;
  until: number;
}
const commons = new Map<string, Common>();

// What a started campaign sends never changes, so its parsed content is kept between batches.
const kept = new Map<string, CompiledContent>();
const mostKept = 200;

/**
 * Fills the messages of campaigns for the sender: a few statements for a batch,
 * then pure work per message. Throws `content_missing` or a template's error for
 * a message that cannot be written; it must not be sent.
 */
export const composer: Composer = {
  async prepare(tx, account, messages) {
    const parts = await partsOf(tx, account, messages);
    const ids = messages
      .map((m) => m.contact_id ?? m.preview_contact_id)
      .filter((id) => id !== null);
    const contacts = new Map(
      (await selectContactValues(tx, [...new Set(ids)])).map((c) => [c.id, c]),
    );
    return (message, links) => {
      const part = parts.get(partName(message));
      const contactId = message.contact_id ?? message.preview_contact_id;
      const contact = contactId === null ? null : contacts.get(contactId);
      if (!part || contact === undefined) {
        throw new HeedError(
          "content_missing",
          "The campaign's content or its contact is gone, so there is nothing to send.",
        );
      }
      const values = contact === null ? sampleVariables.contact : contactVariables(contact);
      const { subject, html, text } = renderContent(part.content, {
        ...part.common,
        contact: values,
        unsubscribe_url: links.unsubscribeUrl,
        preferences_url: links.preferencesUrl,
      });
      return {
        subject,
        text,
        ...(html === null ? {} : { html }),
        ...(contact && message.contact_id && values.full_name ? { toName: values.full_name } : {}),
      };
    };
  },
};

function partName(message: Pick<ClaimedMessage, "campaign_id" | "step">): string {
  return `${message.campaign_id}:${message.step}`;
}

async function partsOf(
  tx: Tx,
  account: SendingAccount,
  messages: readonly ClaimedMessage[],
): Promise<Map<string, Part>> {
  const parts = new Map<string, Part>();
  for (const message of messages) {
    if (message.campaign_id === null || parts.has(partName(message))) continue;
    const known = await commonOf(tx, message.campaign_id);
    if (!known) continue;
    const content = await contentOf(tx, message.campaign_id, message.step, known.startedAt);
    const sender = { name: account.from_name, address: account.from_address };
    if (content) parts.set(partName(message), { content, common: { ...known.variables, sender } });
  }
  return parts;
}

async function commonOf(tx: Tx, campaignId: string): Promise<Common | undefined> {
  const known = commons.get(campaignId);
  if (known && Date.now() < known.until) return known;
  commons.delete(campaignId);
  const campaign = await selectCampaign(tx, campaignId);
  if (!campaign) return undefined;
  const common = {
    variables: await commonVariables(tx, { name: campaign.name, timeZone: campaign.time_zone }),
    startedAt: campaign.started_at,
    until: Date.now() + commonFor,
  };
  if (commons.size >= mostKept) commons.delete(commons.keys().next().value as string);
  commons.set(campaignId, common);
  return common;
}

async function contentOf(
  tx: Tx,
  campaignId: string,
  step: number,
  startedAt: Date | null,
): Promise<CompiledContent | undefined> {
  const name = `${campaignId}:${step}:${startedAt?.getTime()}`;
  const known = kept.get(name);
  if (known) return known;
  const content = await selectContent(tx, campaignId, step);
  // A draft's templates may still change.
  if (content && startedAt) {
    if (kept.size >= mostKept) kept.delete(kept.keys().next().value as string);
    kept.set(name, content);
  }
  return content;
}
