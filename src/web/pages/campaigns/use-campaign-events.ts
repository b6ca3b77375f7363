import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { useEvents } from "../../api/events.ts";
import type { Campaign, LiveResults } from "./types.ts";

/** State and figures of a campaign that has started, as they change. */
export function useCampaignEvents(campaign: Campaign): LiveResults | undefined {
  const queries = useQueryClient();
  const follow = campaign.state !== "draft" && campaign.state !== "finished";
  const live = useEvents<LiveResults>(follow ? `/campaigns/${campaign.id}/events` : null);
  const state = live?.state;
  const known = useRef(campaign.state);
  useEffect(() => {
    if (state === undefined || state === known.current) return;
    known.current = state;
    void queries.invalidateQueries({ queryKey: ["campaigns"] });
  }, [state, queries]);
  return live;
}
