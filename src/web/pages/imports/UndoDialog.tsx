import { List, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useAct } from "../../api/act.ts";
import { answer, api } from "../../api/client.ts";
import { FormDialog } from "../../components/FormDialog.tsx";
import { useFormats } from "../../i18n/format.ts";
import type { Import } from "./types.ts";

/** Says what an undo takes back and what it leaves, then does it. */
export function UndoDialog({ found, onClose }: { found: Import; onClose: () => void }) {
  const { t } = useTranslation("imports");
  const { number } = useFormats();
  const undo = useAct({
    act: () =>
      answer(api.POST("/api/v1/imports/{id}/undo", { params: { path: { id: found.id } } })),
    changes: [["imports"], ["jobs"]],
    ownError: true,
    onDone: onClose,
  });
  const created = found.counts.created + found.counts.stopped_created;
  const updated = found.counts.updated + found.counts.stopped_updated;
  return (
    <FormDialog
      opened
      onClose={onClose}
      title={t("undoDialog.title", { file: found.file_name })}
      submit={t("undo")}
      danger
      pending={undo.isPending}
      error={undo.error}
      onSubmit={() => undo.mutate()}
    >
      <List size="sm">
        <List.Item>
          {t("undoDialog.created", { count: created, formatted: number(created) })}
        </List.Item>
        <List.Item>
          {t("undoDialog.updated", { count: updated, formatted: number(updated) })}
        </List.Item>
        <List.Item>{t("undoDialog.list")}</List.Item>
      </List>
      <Text size="sm" fw={600}>
        {t("stopsStay")}
      </Text>
    </FormDialog>
  );
}
