import { Alert, Text, Textarea } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAct } from "../../api/act.ts";
import { answer, api } from "../../api/client.ts";
import type { Contact, StopRecord } from "../../api/types.ts";
import { FormDialog } from "../../components/FormDialog.tsx";
import { nameOf } from "../../components/naming.ts";
import { DeactivationReason } from "./DeactivationReason.tsx";
import { changedByStops } from "./queries.ts";

interface ActivateDialogProps {
  contact: Contact;
  stop: StopRecord;
  onClose: () => void;
}

/** Shows why the contact was deactivated and asks who authorised to take it back. */
export function ActivateDialog({ contact, stop, onClose }: ActivateDialogProps) {
  const { t } = useTranslation("profile");
  const [authorization, setAuthorization] = useState("");
  const [missing, setMissing] = useState(false);
  const name = nameOf(contact);
  const activate = useAct({
    act: () =>
      answer(
        api.DELETE("/api/v1/contacts/{id}/deactivation", {
          params: { path: { id: contact.id } },
          body: { authorization: authorization.trim() },
        }),
      ),
    changes: changedByStops,
    done: t("activate.done", { name }),
    ownError: true,
    onDone: onClose,
  });
  const submit = () => {
    setMissing(authorization.trim() === "");
    if (authorization.trim() !== "") activate.mutate();
  };
  return (
    <FormDialog
      opened
      onClose={onClose}
      title={t("activate.title", { name })}
      submit={t("activate.button")}
      pending={activate.isPending}
      error={activate.error}
      onSubmit={submit}
    >
      <Alert color="gray" title={t("activate.why")}>
        <Text size="sm" component="div">
          <DeactivationReason stop={stop} />
        </Text>
      </Alert>
      <Textarea
        label={t("activate.authorization")}
        description={t("activate.authorizationHint")}
        required
        data-autofocus
        autosize
        minRows={2}
        maxLength={2000}
        value={authorization}
        error={missing && t("activate.needed")}
        onChange={(event) => setAuthorization(event.currentTarget.value)}
      />
      <Text size="sm" c="dimmed">
        {t("activate.others")}
      </Text>
    </FormDialog>
  );
}
