import { Alert, Anchor, Button, Checkbox, Group, Modal, Stack, Text } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type ReactNode, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { useAct } from "../../api/act.ts";
import { ApiError } from "../../api/error.ts";
import type { Removal, RemovalPreview } from "../../api/types.ts";
import { useFormats } from "../../i18n/format.ts";
import { FormDialog } from "../FormDialog.tsx";
import { JobOutcome } from "../jobs/JobOutcome.tsx";
import { Loaded } from "../PageState.tsx";
import { RemovalEffects } from "./RemovalEffects.tsx";
import { RemovalWho } from "./RemovalWho.tsx";
import { TypedConfirm } from "./TypedConfirm.tsx";

export interface RemovalAct {
  /** Freezes the set and tells its effect. */
  preview: () => Promise<RemovalPreview>;
  confirm: (typed: {
    preview: RemovalPreview;
    confirm: string;
    suppress: boolean;
  }) => Promise<Removal>;
}

interface RemovalDialogProps extends RemovalAct {
  title: string;
  submit: string;
  /** Another key asks for another preview. */
  previewKey?: string;
  withList?: boolean;
  keepExclusions?: boolean;
  /** Offered first, and where deletion is off; absent where it makes no sense. */
  onStopInstead?: (() => void) | undefined;
  /** Above the preview: the choice of a mode, a warning, a field. */
  children?: ReactNode;
  onClose: () => void;
  /** Told when the dialog closes after something was confirmed. */
  onDone?: (() => void) | undefined;
}

const stale = ["preview_changed", "preview_expired", "preview_unknown", "preview_used"];

/** The dialog before anything is deleted or cleared: who, what goes and stays, and the typed word or number. */
export function RemovalDialog(props: RemovalDialogProps) {
  const { t } = useTranslation("removal");
  const queries = useQueryClient();
  const id = useId();
  const [typed, setTyped] = useState("");
  const [suppress, setSuppress] = useState(true);
  const [removal, setRemoval] = useState<Removal | null>(null);
  const preview = useQuery({
    queryKey: ["removal-preview", id, props.previewKey ?? ""],
    queryFn: props.preview,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    retry: false,
  });
  const remove = useAct({
    act: (asked: RemovalPreview) =>
      props.confirm({ preview: asked, confirm: typed.trim(), suppress }),
    changes: [["deletions"], ["jobs"]],
    ownError: true,
    onDone: setRemoval,
  });
  const isStale = remove.error !== null && stale.includes(remove.error.code);
  const submit = (asked: RemovalPreview) =>
    remove.mutate(asked, {
      onError(error) {
        if (!stale.includes(error.code)) return;
        setTyped("");
        void queries.invalidateQueries({ queryKey: ["removal-preview", id] });
      },
    });
  const close = () => {
    if (removal) props.onDone?.();
    props.onClose();
  };
  if (removal) {
    return (
      <Modal opened onClose={close} title={props.title} size="lg">
        {removal.job_id ? (
          <JobOutcome jobId={removal.job_id} onClose={close} />
        ) : (
          <Waiting onClose={close} />
        )}
      </Modal>
    );
  }
  const asked = preview.data;
  if (!asked) {
    const { error } = preview;
    const off = error instanceof ApiError && error.code === "deletion_off" ? error : null;
    return (
      <Modal opened onClose={close} title={props.title} size="lg">
        <Stack>
          {props.children}
          {off ? (
            <DeletionOff message={off.message} onStop={props.onStopInstead} />
          ) : (
            <Loaded query={preview}>{() => null}</Loaded>
          )}
        </Stack>
      </Modal>
    );
  }
  const isEmpty = asked.count === 0 && asked.mode !== "erase" && !props.withList;
  return (
    <FormDialog
      opened
      onClose={close}
      title={props.title}
      submit={props.submit}
      size="lg"
      danger
      disabled={isEmpty || preview.isFetching || typed.trim() !== asked.confirm}
      pending={remove.isPending}
      error={remove.error}
      onSubmit={() => submit(asked)}
    >
      {props.onStopInstead && <StopFirst many={asked.count !== 1} onStop={props.onStopInstead} />}
      {props.children}
      {isStale && (
        <Alert color="yellow" role="status">
          {t("refreshed")}
        </Alert>
      )}
      <RemovalWho preview={asked} />
      <RemovalEffects
        preview={asked}
        {...(props.withList === undefined ? {} : { withList: props.withList })}
        {...(props.keepExclusions === undefined ? {} : { keepExclusions: props.keepExclusions })}
      />
      {asked.mode !== "clear" && asked.written_to > 0 && (
        <Suppress count={asked.written_to} value={suppress} onChange={setSuppress} />
      )}
      {asked.approval_needed && (
        <Alert color="yellow">
          <Text size="sm">{t("approvalNeeded")}</Text>
        </Alert>
      )}
      {!isEmpty && <TypedConfirm expected={asked.confirm} value={typed} onChange={setTyped} />}
    </FormDialog>
  );
}

function StopFirst({ many, onStop }: { many: boolean; onStop: () => void }) {
  const { t } = useTranslation("removal");
  return (
    <Alert color="indigo" variant="light">
      <Group justify="space-between" gap="xs">
        <Text size="sm">{many ? t("stopFirstMany") : t("stopFirst")}</Text>
        <Button size="compact-sm" variant="default" onClick={onStop}>
          {t("stopInstead")}
        </Button>
      </Group>
    </Alert>
  );
}

function DeletionOff({ message, onStop }: { message: string; onStop: (() => void) | undefined }) {
  const { t } = useTranslation("removal");
  return (
    <Alert color="gray" title={t("off")} role="alert">
      <Stack align="flex-start" gap="sm">
        <Text size="sm">{message}</Text>
        {onStop && <Button onClick={onStop}>{t("deactivateInstead")}</Button>}
      </Stack>
    </Alert>
  );
}

function Suppress(props: { count: number; value: boolean; onChange: (value: boolean) => void }) {
  const { t } = useTranslation("removal");
  const { number } = useFormats();
  return (
    <Checkbox
      label={t("suppress", { count: props.count, formatted: number(props.count) })}
      description={t("suppressHint")}
      checked={props.value}
      onChange={(event) => props.onChange(event.currentTarget.checked)}
    />
  );
}

function Waiting({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("removal");
  const { t: common } = useTranslation();
  return (
    <Stack>
      <Text size="sm" role="status">
        {t("waits")}{" "}
        <Anchor component={Link} to="/bin" size="sm" underline="always">
          {t("toTheBin")}
        </Anchor>
      </Text>
      <Group justify="flex-end">
        <Button onClick={onClose}>{common("close")}</Button>
      </Group>
    </Stack>
  );
}
