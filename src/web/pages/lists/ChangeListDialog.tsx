import { Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { List, Selection } from "../../api/types.ts";
import { FormDialog } from "../../components/FormDialog.tsx";
import { useChangeList } from "./change-list.ts";

interface ChangeListDialogProps {
  act: "remove" | "exclude" | "lift";
  list: List;
  selection: Selection;
  onClose: () => void;
  onDone: () => void;
}

/** Says what an act on the ticked contacts means for the list, and does it. */
export function ChangeListDialog({ act, list, selection, onClose, onDone }: ChangeListDialogProps) {
  const { t } = useTranslation("lists");
  const change = useChangeList(list.id, act, () => {
    onDone();
    onClose();
  });
  return (
    <FormDialog
      opened
      onClose={onClose}
      title={t(`${act}.title`, { name: list.name })}
      submit={t(`${act}.button`)}
      danger={act !== "lift"}
      pending={change.isPending}
      error={change.error}
      onSubmit={() => change.mutate(selection)}
    >
      <Text size="sm">{t(`${act}.text`)}</Text>
    </FormDialog>
  );
}
