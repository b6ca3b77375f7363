import { queryOptions, useQuery } from "@tanstack/react-query";
import { useCallback, useMemo } from "react";
import { answer, api } from "./client.ts";
import type { Item } from "./types.ts";

export type Colleague = Item<"/api/v1/users">;

/** Everybody of the workspace; teams of thousands would need a search here. */
export const usersQuery = queryOptions({
  queryKey: ["users", "all"],
  queryFn: async () => {
    const users: Colleague[] = [];
    let cursor: string | undefined;
    do {
      const page = await answer(
        api.GET("/api/v1/users", { params: { query: { limit: 200, cursor } } }),
      );
      users.push(...page.items);
      cursor = page.next_cursor ?? undefined;
    } while (cursor !== undefined && users.length < 2_000);
    return users;
  },
  staleTime: 5 * 60_000,
});

/** Names of users by id. */
export function useUserNames(): (id: string) => string | undefined {
  const { data } = useQuery(usersQuery);
  const names = useMemo(() => new Map(data?.map((user) => [user.id, user.name])), [data]);
  return useCallback((id: string) => names.get(id), [names]);
}

/** Users as a Select shows them: those who can still sign in. */
export function useUserChoices(): { value: string; label: string }[] {
  const { data } = useQuery(usersQuery);
  return useMemo(
    () =>
      (data ?? [])
        .filter((user) => !user.disabled)
        .map((user) => ({ value: user.id, label: user.name })),
    [data],
  );
}
