import { Alert, Button, Group, Modal, Progress, Stack, Text, Textarea } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Selection } from "../../api/types.ts";
import { useErrorText } from "../../components/use-error-text.ts";
import { useFormats } from "../../i18n/format.ts";
import type { BulkStop } from "./ContactBulkBar.tsx";
import type { ContactSearch } from "./search.ts";
import { type StopProgress, stopMany } from "./stop-many.ts";

interface StopDialogProps {
  stop: BulkStop;
  selection: Selection;
  search: ContactSearch;
  onClose: () => void;
  onDone: () => void;
}

/** Deactivates the ticked contacts, or sets them not to be disturbed on a channel; shows how far it is. */
export function StopDialog({ stop, selection, search, onClose, onDone }: StopDialogProps) {
  const { t } = useTranslation("contacts");
  const { t: common } = useTranslation();
  const { number } = useFormats();
  const errorText = useErrorText();
  const queries = useQueryClient();
  const [because, setBecause] = useState("");
  const [progress, setProgress] = useState<StopProgress | null>(null);
  const [state, setState] = useState<"asking" | "running" | "ended">("asking");
  const [error, setError] = useState<unknown>(null);
  const halting = useRef<AbortController | null>(null);
  const channel = stop === "deactivation" ? "" : common(`channel.${stop}`);

  async function run() {
    const controller = new AbortController();
    halting.current = controller;
    setState("running");
    try {
      const order = { stop, because: because.trim(), selection, search, signal: controller.signal };
      setProgress(await stopMany({ ...order, onProgress: setProgress }));
    } catch (problem) {
      setError(problem);
    }
    setState("ended");
    await queries.invalidateQueries({ queryKey: ["contacts"] });
  }
  const end = () => {
    halting.current?.abort();
    if (state === "ended") onDone();
    onClose();
  };

  return (
    <Modal
      opened
      onClose={end}
      title={t("bulk.stopTitle")}
      closeOnClickOutside={state !== "running"}
    >
      <Stack>
        <Text size="sm">
          {stop === "deactivation" ? t("bulk.deactivateText") : t("bulk.disturbText", { channel })}
        </Text>
        {state === "asking" && (
          <Textarea
            label={t("bulk.because")}
            description={t("bulk.becauseHint")}
            value={because}
            data-autofocus
            autosize
            minRows={2}
            maxLength={2000}
            onChange={(event) => setBecause(event.currentTarget.value)}
          />
        )}
        {state === "running" && (
          <div role="status">
            <Text size="sm">{t("bulk.keepOpen")}</Text>
            <Progress
              value={
                progress?.total ? (100 * (progress.done + progress.failed)) / progress.total : 0
              }
              aria-label={t("bulk.stopTitle")}
              my="xs"
            />
            <Text size="sm">
              {t("bulk.progress", {
                done: number((progress?.done ?? 0) + (progress?.failed ?? 0)),
                total: progress?.total ? number(progress.total) : "…",
              })}
            </Text>
          </div>
        )}
        {state === "ended" && progress && (
          <Alert color={progress.failed > 0 ? "red" : "green"} role="status">
            <Text size="sm">
              {t("bulk.stopped", { count: progress.done, formatted: number(progress.done) })}
            </Text>
            {progress.underWay > 0 && (
              <Text size="sm">{common("underWay", { count: progress.underWay })}</Text>
            )}
            {progress.failed > 0 && (
              <Text size="sm">
                {t("bulk.failures", {
                  count: progress.failed,
                  formatted: number(progress.failed),
                  message: progress.message ?? "",
                })}
              </Text>
            )}
            {halting.current?.signal.aborted && <Text size="sm">{t("bulk.halted")}</Text>}
          </Alert>
        )}
        {error ? (
          <Alert color="red" role="alert">
            {errorText(error)}
          </Alert>
        ) : null}
        <Group justify="flex-end">
          {state === "asking" && (
            <>
              <Button variant="default" onClick={end}>
                {common("cancel")}
              </Button>
              <Button color="red" onClick={() => void run()}>
                {t("bulk.stop")}
              </Button>
            </>
          )}
          {state === "running" && (
            <Button variant="default" onClick={() => halting.current?.abort()}>
              {t("bulk.halt")}
            </Button>
          )}
          {state === "ended" && <Button onClick={end}>{common("close")}</Button>}
        </Group>
      </Stack>
    </Modal>
  );
}
