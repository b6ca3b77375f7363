import type { Tx } from "../../kernel/database/index.ts";
import { HeedError } from "../../kernel/errors.ts";
import { newId } from "../../kernel/ids.ts";
import { findWorkspace, knownTimeZone } from "../access/index.ts";
import { type Actor, record } from "../ledger/index.ts";
import {
  type Campaign,
  insertCampaign,
  lockCampaign,
  replaceLists,
  replaceSteps,
  type Step,
  type StepChannel,
  selectCampaign,
  selectFormats,
  selectMissing,
  updateCampaign,
} from "./campaign-queries.ts";
import { checkSequence, checkWindow, knownDelay, type SendingWindow } from "./rules.ts";

/** A step whose channel may be left to its template. */
export type WrittenStep = Pick<Step, "template_id" | "delay"> & {
  channel?: StepChannel | undefined;
};

/** What a person writes of a campaign; in a change, what is absent stays. */
export interface CampaignText {
  name: string;
  listIds: readonly string[];
  excludedListIds: readonly string[];
  steps: readonly WrittenStep[];
  topicId: string | null;
  accountId: string | null;
  stopOnReply: boolean;
  window: SendingWindow | null;
  timeZone: string;
}

export type NewCampaign = Pick<CampaignText, "name"> & Partial<CampaignText>;

/** Writes a draft. Its time zone is the workspace's unless one is given. */
export async function createCampaign(
  tx: Tx,
  request: { campaign: NewCampaign; ownerId: string | null; actor: Actor },
): Promise<Campaign> {
  const given = request.campaign;
  const text = await checked(tx, {
    listIds: [],
    excludedListIds: [],
    steps: [],
    topicId: null,
    accountId: null,
    stopOnReply: true,
    window: null,
    timeZone: given.timeZone ?? (await findWorkspace(tx)).time_zone,
    ...given,
  });
  const id = newId();
  if (!(await insertCampaign(tx, { id, ...settings(text), owner_id: request.ownerId })))
    throw nameTaken(text.name);
  await replaceLists(tx, id, text.listIds, text.excludedListIds);
  await replaceSteps(tx, id, text.steps);
  await record(tx, { act: "campaign.created", actor: request.actor, subjectId: id });
  return findCampaign(tx, id);
}

/** Changes a draft; of a campaign that has started, only its name. */
export async function editCampaign(
  tx: Tx,
  request: { id: string; change: Partial<CampaignText>; actor: Actor },
): Promise<Campaign> {
  const state = await lockCampaign(tx, request.id);
  const before = await findCampaign(tx, request.id);
  const { name, ...rest } = request.change;
  if (state !== "draft" && Object.values(rest).some((value) => value !== undefined)) {
    throw new HeedError(
      "state_conflict",
      "This campaign has started; only its name can change. Make another campaign for other lists or steps.",
      { state },
    );
  }
  const text = { ...textOf(before), ...defined(request.change) };
  const after =
    state === "draft" ? await checked(tx, text) : { ...textOf(before), name: text.name };
  if (!(await updateCampaign(tx, { id: request.id, ...settings(after) })))
    throw nameTaken(after.name);
  if (state === "draft") {
    await replaceLists(tx, request.id, after.listIds, after.excludedListIds);
    await replaceSteps(tx, request.id, after.steps);
  }
  await record(tx, {
    act: "campaign.changed",
    actor: request.actor,
    subjectId: request.id,
    detail: { fields: Object.keys(defined(request.change)) },
  });
  return findCampaign(tx, request.id);
}

/** @throws HeedError not_found */
export async function findCampaign(tx: Tx, id: string): Promise<Campaign> {
  const campaign = await selectCampaign(tx, id);
  if (!campaign) throw new HeedError("not_found", "There is no such campaign.");
  return campaign;
}

type Checked = Omit<CampaignText, "steps"> & { steps: Step[] };

async function checked(tx: Tx, text: CampaignText): Promise<Checked> {
  const steps = text.steps.map((step) => ({ ...step, delay: knownDelay(step.delay) }));
  checkSequence(steps.map((step) => step.delay));
  if (text.window) checkWindow(text.window);
  const listIds = [...new Set(text.listIds)];
  const excludedListIds = [...new Set(text.excludedListIds)];
  const both = listIds.find((id) => excludedListIds.includes(id));
  if (both) {
    throw new HeedError(
      "list_both_ways",
      "A list cannot be the audience and excluded at once. Take it out of one of them.",
      {
        list_id: both,
      },
    );
  }
  const missing = await selectMissing(tx, {
    listIds: [...listIds, ...excludedListIds],
    templateIds: steps.map((step) => step.template_id),
    topicId: text.topicId,
    accountId: text.accountId,
  });
  const what = [
    missing.lists.length > 0 && "lists",
    missing.templates.length > 0 && "templates",
    missing.topic && "topic",
    missing.account && "sending account",
  ].filter(Boolean);
  if (what.length > 0) {
    throw new HeedError(
      "unknown_reference",
      `The campaign names ${what.join(", ")} that do not exist. Choose existing ones.`,
      {
        ...missing,
      },
    );
  }
  const formats = await selectFormats(
    tx,
    steps.map((step) => step.template_id),
  );
  const told = steps.map((step) => withChannel(step, formats.get(step.template_id)));
  return { ...text, steps: told, listIds, excludedListIds, timeZone: knownTimeZone(text.timeZone) };
}

/** @throws HeedError step_channel_mismatch */
function withChannel(step: WrittenStep, format: string | undefined): Step {
  const channel = step.channel ?? (format === "sms" ? "sms" : "email");
  if ((channel === "email") === (format === "sms")) {
    throw new HeedError(
      "step_channel_mismatch",
      channel === "email"
        ? "A template of the format sms is no mail. Choose sms or whatsapp for its step, or another template."
        : `A step by ${channel} takes a template of the format sms. Choose such a template.`,
      { template_id: step.template_id, channel },
    );
  }
  return { ...step, channel, account_id: null };
}

function settings(text: Checked) {
  return {
    channel: text.steps[0]?.channel ?? ("email" as const),
    name: text.name,
    topic_id: text.topicId,
    sending_account_id: text.accountId,
    stop_on_reply: text.stopOnReply,
    sending_window: text.window,
    time_zone: text.timeZone,
  };
}

function textOf(campaign: Campaign): Checked {
  return {
    name: campaign.name,
    listIds: campaign.list_ids,
    excludedListIds: campaign.excluded_list_ids,
    steps: campaign.steps,
    topicId: campaign.topic_id,
    accountId: campaign.sending_account_id,
    stopOnReply: campaign.stop_on_reply,
    window: campaign.sending_window,
    timeZone: campaign.time_zone,
  };
}

function defined<T extends object>(change: T): Partial<T> {
  return Object.fromEntries(
    Object.entries(change).filter(([, value]) => value !== undefined),
  ) as Partial<T>;
}

function nameTaken(name: string): HeedError {
  return new HeedError("name_taken", `There is a campaign "${name}" already. Choose another name.`);
}
