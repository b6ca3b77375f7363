import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { answer, api } from "../../api/client.ts";
import { AnchorLink } from "../../components/AnchorLink.tsx";

/** To the conversations with whoever wrote, where there are any. */
export function ConversationLink({ contactId }: { contactId: string }) {
  const { t } = useTranslation("inbox");
  const { data } = useQuery({
    queryKey: ["conversations", "of", contactId, "any"],
    queryFn: () =>
      answer(
        api.GET("/api/v1/contacts/{id}/conversations", {
          params: { path: { id: contactId }, query: { limit: 1 } },
        }),
      ),
  });
  if (!data || data.items.length === 0) return null;
  return (
    <AnchorLink
      to="/contacts/$id"
      params={{ id: contactId }}
      search={{ tab: "conversations" }}
      underline="always"
    >
      {t("conversation")}
    </AnchorLink>
  );
}
