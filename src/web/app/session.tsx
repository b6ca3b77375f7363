import { queryOptions, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { answer, api, rememberCsrf } from "../api/client.ts";
import type { Me } from "../api/types.ts";

/** Who is signed in. Reading it also takes over the token that writes need. */
export const meQuery = queryOptions({
  queryKey: ["me"],
  queryFn: async (): Promise<Me> => {
    const me = await answer(api.GET("/api/v1/me"));
    rememberCsrf(me.csrf_token);
    return me;
  },
  staleTime: 30_000,
});

/** Who is signed in, below the shell. */
export function useMe(): Me {
  return useSuspenseQuery(meQuery).data;
}

/** Whether the role holds a permission: `const may = useMay(); may("contacts.edit")`. */
export function useMay(): (permission: string) => boolean {
  const { permissions } = useMe();
  return (permission) => permissions.includes(permission);
}

/** Forgets everything that the signed-out user saw. */
export function useForgetSession(): () => void {
  const queries = useQueryClient();
  return () => {
    rememberCsrf(null);
    queries.clear();
  };
}
