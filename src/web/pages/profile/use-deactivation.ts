import { useQuery } from "@tanstack/react-query";
import type { StopRecord } from "../../api/types.ts";
import { stopsQuery } from "./queries.ts";

/** The deactivation that stands on a contact; undefined when it is active or not known yet. */
export function useDeactivation(contactId: string): StopRecord | undefined {
  const { data } = useQuery(stopsQuery(contactId));
  return data?.items.find((stop) => stop.standing && stop.kind === "deactivation");
}
