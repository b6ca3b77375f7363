import { queryOptions } from "@tanstack/react-query";
import { answer, api } from "../../api/client.ts";

export const pipelinesQuery = queryOptions({
  queryKey: ["pipelines"],
  queryFn: () => answer(api.GET("/api/v1/pipelines")),
});

/** What a change of an opportunity may change: boards, sums, and the profiles with their timelines. */
export const changedByOpportunities = [["opportunities"], ["pipelines"], ["contacts"], ["ledger"]];
