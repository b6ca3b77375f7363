import { useDebouncedCallback } from "@mantine/hooks";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { answer, api } from "../../api/client.ts";
import type { ApiError } from "../../api/error.ts";
import { campaignQuery } from "./queries.ts";
import type { StepChannel } from "./step-channel.ts";
import type { Campaign, CampaignChange, SendingWindow } from "./types.ts";

export interface DraftStep {
  /** Tells steps apart while they move. */
  key: string;
  channel: StepChannel;
  template_id: string | null;
  delay: string;
}

export interface Draft {
  steps: DraftStep[];
  list_ids: string[];
  excluded_list_ids: string[];
  topic_id: string | null;
  sending_account_id: string | null;
  stop_on_reply: boolean;
  sending_window: SendingWindow | null;
  time_zone: string;
}

let keys = 0;
export const newStep = (delay: string, channel: StepChannel = "email"): DraftStep => ({
  key: `step-${++keys}`,
  channel,
  template_id: null,
  delay,
});

/** A draft as it stands on the page, saved a moment after each change; one save at a time. */
export function useDraft(campaign: Campaign) {
  const queries = useQueryClient();
  const [draft, setDraft] = useState(() => draftOf(campaign));
  const latest = useRef(draft);
  const [waiting, setWaiting] = useState(false);
  const save = useMutation<Campaign, ApiError, CampaignChange>({
    scope: { id: `campaign ${campaign.id}` },
    mutationFn: (body) =>
      answer(api.PATCH("/api/v1/campaigns/{id}", { params: { path: { id: campaign.id } }, body })),
    async onSuccess(saved) {
      queries.setQueryData(campaignQuery(campaign.id).queryKey, saved);
      await queries.invalidateQueries({ queryKey: ["campaigns", campaign.id, "audience"] });
    },
  });
  const saveNow = () => {
    setWaiting(false);
    save.mutate(bodyOf(latest.current));
  };
  const later = useDebouncedCallback(saveNow, 500);
  const flush = useRef<() => void>(() => {});
  flush.current = () => {
    if (waiting) saveNow();
  };
  // Whoever leaves within the half second loses nothing.
  useEffect(() => () => flush.current(), []);
  return {
    draft,
    change(part: Partial<Draft>) {
      latest.current = { ...latest.current, ...part };
      setDraft(latest.current);
      setWaiting(true);
      later();
    },
    saving: waiting || save.isPending,
    saved: save.isSuccess,
    error: waiting ? null : save.error,
  };
}

function draftOf(campaign: Campaign): Draft {
  const { audience, steps, ...rest } = campaign;
  return {
    ...audience,
    steps:
      steps.length === 0
        ? [newStep("PT0S")]
        : steps.map(({ template_id, delay, channel }) => ({
            ...newStep(delay, channel),
            template_id,
          })),
    topic_id: rest.topic_id,
    sending_account_id: rest.sending_account_id,
    stop_on_reply: rest.stop_on_reply,
    sending_window: rest.sending_window,
    time_zone: rest.time_zone,
  };
}

/** A step without a template is not saved until it has one; the API takes at least one step or none named. */
function bodyOf(draft: Draft): CampaignChange {
  const { steps, list_ids, excluded_list_ids, ...rest } = draft;
  const complete = steps.flatMap(({ template_id, delay, channel }) =>
    template_id === null ? [] : [{ template_id, delay, channel }],
  );
  return {
    ...rest,
    audience: { list_ids, excluded_list_ids },
    ...(complete.length > 0 ? { steps: complete } : {}),
  };
}
