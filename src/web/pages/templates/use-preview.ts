import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { answer, api } from "../../api/client.ts";
import type { Written } from "./types.ts";

/** How the content looks for a contact, a moment after the typing stops. */
export function usePreview(written: Written, contactId: string | null) {
  const { subject, format, body } = written;
  const [content] = useDebouncedValue({ subject, format, body }, 350);
  return useQuery({
    // The content itself is the key: the same words look the same.
    queryKey: ["template-preview", content, contactId],
    queryFn: () =>
      answer(
        api.POST("/api/v1/templates/preview", { body: { ...content, contact_id: contactId } }),
      ),
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
  });
}
