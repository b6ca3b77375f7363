import { useQuery } from "@tanstack/react-query";
import { answer, api } from "../../api/client.ts";

/** The contact that went into this one last and was not taken out again, as far back as the latest 200 happenings. */
export function useLastMerge(contactId: string): string | undefined {
  const { data } = useQuery({
    queryKey: ["contacts", contactId, "last-merge"],
    queryFn: () =>
      answer(
        api.GET("/api/v1/contacts/{id}/timeline", {
          params: { path: { id: contactId }, query: { limit: 200 } },
        }),
      ),
  });
  let takenOut = 0;
  for (const { code, detail } of data?.items ?? []) {
    if (code === "contact.unmerged") takenOut += 1;
    if (code !== "contact.merged") continue;
    if (takenOut === 0) return typeof detail.with === "string" ? detail.with : undefined;
    takenOut -= 1;
  }
  return undefined;
}
