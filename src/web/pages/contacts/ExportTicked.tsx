import { Button } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useAct } from "../../api/act.ts";
import { answer, api } from "../../api/client.ts";
import { download } from "../../api/download.ts";

/** Downloads the ticked contacts as CSV. */
export function ExportTicked({ ids }: { ids: string[] }) {
  const { t } = useTranslation("contacts");
  const fetched = useAct({
    act: () =>
      answer(
        api.POST("/api/v1/contacts/export", {
          body: { selection: { ids } },
          parseAs: "text",
        }),
      ),
    onDone: (csv) => download(String(csv), "contacts.csv", "text/csv"),
  });
  return (
    <Button
      size="compact-sm"
      variant="default"
      leftSection={<IconDownload size={16} />}
      loading={fetched.isPending}
      onClick={() => fetched.mutate()}
    >
      {t("export")}
    </Button>
  );
}
