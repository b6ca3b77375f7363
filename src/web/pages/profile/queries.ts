import { queryOptions } from "@tanstack/react-query";
import { answer, api } from "../../api/client.ts";

/** Everything of a contact hangs below ["contacts", id], so that a write reads it all again. */
export const contactQuery = (id: string) =>
  queryOptions({
    queryKey: ["contacts", id],
    queryFn: () => answer(api.GET("/api/v1/contacts/{id}", { params: { path: { id } } })),
  });

export const statusQuery = (id: string) =>
  queryOptions({
    queryKey: ["contacts", id, "sending-status"],
    queryFn: () =>
      answer(api.GET("/api/v1/contacts/{id}/sending-status", { params: { path: { id } } })),
  });

export const stopsQuery = (id: string) =>
  queryOptions({
    queryKey: ["contacts", id, "stops"],
    queryFn: () => answer(api.GET("/api/v1/contacts/{id}/stops", { params: { path: { id } } })),
  });

export const consentsQuery = (id: string) =>
  queryOptions({
    queryKey: ["contacts", id, "consents"],
    queryFn: () => answer(api.GET("/api/v1/contacts/{id}/consents", { params: { path: { id } } })),
  });

export const verificationQuery = (id: string) =>
  queryOptions({
    queryKey: ["contacts", id, "verification"],
    queryFn: () =>
      answer(api.GET("/api/v1/contacts/{id}/verification", { params: { path: { id } } })),
  });

/** What a stop or a lift on a contact may change. */
export const changedByStops = [["contacts"], ["suppressions"], ["campaigns"], ["ledger"]];

/** What a change of a follow-up may change. */
export const changedByFollowUps = [["contacts"], ["campaigns"], ["ledger"]];
