import { Text } from "@mantine/core";
import type { QueryKey } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useAct } from "../api/act.ts";
import { FormDialog } from "./FormDialog.tsx";

interface DeleteDialogProps {
  title: string;
  text: string;
  act: () => Promise<unknown>;
  changes: readonly QueryKey[];
  done: string;
  onClose: () => void;
  /** Also when something else, such as the dialog behind, has to close. */
  onDone?: () => void;
}

/** Asks before something small is deleted for good. */
export function DeleteDialog({
  title,
  text,
  act,
  changes,
  done,
  onClose,
  onDone,
}: DeleteDialogProps) {
  const { t } = useTranslation();
  const remove = useAct({
    act,
    changes,
    done,
    ownError: true,
    onDone: () => {
      onClose();
      onDone?.();
    },
  });
  return (
    <FormDialog
      opened
      onClose={onClose}
      title={title}
      submit={t("delete")}
      danger
      pending={remove.isPending}
      error={remove.error}
      onSubmit={() => remove.mutate()}
    >
      <Text size="sm">{text}</Text>
    </FormDialog>
  );
}
