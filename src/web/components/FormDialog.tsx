import { Alert, Button, Group, Modal, type ModalProps, Stack } from "@mantine/core";
import type { FormEvent, ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useErrorText } from "./use-error-text.ts";

interface FormDialogProps extends Pick<ModalProps, "size"> {
  opened: boolean;
  onClose: () => void;
  title: string;
  children: ReactNode;
  submit: string;
  /** Red for what is hard to take back. */
  danger?: boolean;
  disabled?: boolean;
  pending: boolean;
  error: unknown;
  onSubmit: () => void;
}

/** A dialog with a form: the API's refusal stands in it, and it stays open until the act succeeded. */
export function FormDialog(props: FormDialogProps) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    // A dialog inside another's React tree must not submit that one too.
    event.stopPropagation();
    props.onSubmit();
  };
  return (
    <Modal
      opened={props.opened}
      onClose={props.onClose}
      title={props.title}
      size={props.size ?? "md"}
    >
      <form onSubmit={submit} noValidate>
        <Stack>
          {props.children}
          {props.error ? (
            <Alert color="red" role="alert">
              {errorText(props.error)}
            </Alert>
          ) : null}
          <Group justify="flex-end">
            <Button variant="default" onClick={props.onClose}>
              {t("cancel")}
            </Button>
            <Button
              type="submit"
              loading={props.pending}
              disabled={props.disabled ?? false}
              {...(props.danger ? { color: "red" } : {})}
            >
              {props.submit}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
