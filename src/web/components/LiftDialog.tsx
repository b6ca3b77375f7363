import { Text, Textarea, TextInput } from "@mantine/core";
import type { QueryKey } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAct } from "../api/act.ts";
import { answer, api } from "../api/client.ts";
import type { StopRecord } from "../api/types.ts";
import { FormDialog } from "./FormDialog.tsx";
import { type LiftableStop, needsOf } from "./lifting.ts";

interface LiftDialogProps {
  stop: Pick<StopRecord, "id" | "kind" | "cause" | "standing"> & LiftableStop;
  changes: readonly QueryKey[];
  onClose: () => void;
}

/** Asks who authorised lifting a stop, and for evidence where a rule wants it. */
export function LiftDialog({ stop, changes, onClose }: LiftDialogProps) {
  const { t } = useTranslation("profile");
  const needs = needsOf(stop);
  const [authorization, setAuthorization] = useState("");
  const [evidence, setEvidence] = useState("");
  const [tried, setTried] = useState(false);
  const lift = useAct({
    act: () =>
      answer(
        api.POST("/api/v1/stops/{id}/lift", {
          params: { path: { id: stop.id } },
          body: {
            authorization: authorization.trim(),
            evidence: evidence.trim() ? { reference: evidence.trim() } : {},
          },
        }),
      ),
    changes,
    done: t("liftDialog.done"),
    ownError: true,
    onDone: onClose,
  });
  const lacksAuthorization = needs.authorization && authorization.trim() === "";
  const lacksEvidence = needs.evidence && evidence.trim() === "";
  const submit = () => {
    setTried(true);
    if (!lacksAuthorization && !lacksEvidence) lift.mutate();
  };
  return (
    <FormDialog
      opened
      onClose={onClose}
      title={t("liftDialog.title")}
      submit={t("channels.lift")}
      pending={lift.isPending}
      error={lift.error}
      onSubmit={submit}
    >
      <Textarea
        label={t("liftDialog.authorization")}
        required={needs.authorization}
        data-autofocus
        autosize
        minRows={2}
        maxLength={2000}
        value={authorization}
        error={tried && lacksAuthorization && t("liftDialog.needed")}
        onChange={(event) => setAuthorization(event.currentTarget.value)}
      />
      {needs.evidence && (
        <TextInput
          label={t("liftDialog.evidence")}
          description={t("liftDialog.evidenceHint")}
          required
          value={evidence}
          error={tried && lacksEvidence && t("liftDialog.needEvidence")}
          onChange={(event) => setEvidence(event.currentTarget.value)}
        />
      )}
      <Text size="sm" c="dimmed">
        {t("liftDialog.otherStops")}
      </Text>
    </FormDialog>
  );
}
