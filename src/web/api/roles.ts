import { queryOptions } from "@tanstack/react-query";
import { answer, api } from "./client.ts";

/** The roles and what each may do; also says who to ask for what one may not. */
export const rolesQuery = queryOptions({
  queryKey: ["roles"],
  queryFn: () => answer(api.GET("/api/v1/roles")),
  staleTime: 5 * 60_000,
});
