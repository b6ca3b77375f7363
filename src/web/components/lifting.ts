import { useQuery } from "@tanstack/react-query";
import { answer, api } from "../api/client.ts";
import type { StopRecord } from "../api/types.ts";
import { useMay } from "../app/session.tsx";

/** What some answers add to a stop: whether this caller may lift it, and how. */
export interface LiftableStop {
  may_lift?: boolean;
  needs_authorization?: boolean;
  needs_evidence?: boolean;
  who_may_lift?: string;
  how?: string;
}

type Stop = Pick<StopRecord, "kind" | "cause" | "standing"> & LiftableStop;

export const workspaceQuery = {
  queryKey: ["workspace"],
  queryFn: () => answer(api.GET("/api/v1/workspace")),
  staleTime: 60_000,
};

/**
 * Whether to offer lifting a stop (product.md, Kinds of stop). Only the offer: the
 * API decides, and says so where it answers `may_lift`.
 */
export function useMayLift(): (stop: Stop) => boolean {
  const may = useMay();
  const { data: workspace } = useQuery(workspaceQuery);
  return (stop) => {
    if (!stop.standing) return false;
    if (stop.may_lift !== undefined) return stop.may_lift;
    switch (stop.kind) {
      case "deactivation":
        return may("contacts.reactivate");
      case "do_not_contact":
      case "do_not_disturb":
        return may("contacts.edit");
      case "suppression":
        return !["complaint", "organisation"].includes(stop.cause) && may("stops.lift");
      case "unsubscribe":
        return Boolean(workspace?.policy.administrators_may_lift_unsubscribes) && may("stops.lift");
      case "quarantine":
        return false;
    }
  };
}

/** What a lift has to bring with it. */
export function needsOf(stop: Stop): { authorization: boolean; evidence: boolean } {
  return {
    authorization:
      stop.needs_authorization ??
      ["suppression", "unsubscribe", "deactivation"].includes(stop.kind),
    evidence: stop.needs_evidence ?? stop.kind === "unsubscribe",
  };
}
