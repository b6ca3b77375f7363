import { ActionIcon, Button, Group, NativeSelect, Text, TextInput } from "@mantine/core";
import { IconArrowDown, IconArrowUp, IconPlus, IconX } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAct } from "../../api/act.ts";
import { answer, api } from "../../api/client.ts";
import type { Pipeline } from "../../api/types.ts";
import { FormDialog } from "../../components/FormDialog.tsx";

const kinds = ["open", "won", "lost"] as const;

interface StageDraft {
  /** Names the row while it is edited. */
  key: string;
  id?: string;
  name: string;
  kind: (typeof kinds)[number];
}

/** Makes a pipeline, or changes its name and its stages. */
export function PipelineDialog({
  pipeline,
  onClose,
}: {
  pipeline?: Pipeline;
  onClose: () => void;
}) {
  const { t } = useTranslation("opportunities");
  const { t: common } = useTranslation();
  const [name, setName] = useState(pipeline?.name ?? "");
  const [stages, setStages] = useState<StageDraft[]>(
    () =>
      pipeline?.stages.map((stage) => ({ ...stage, key: stage.id })) ?? [
        { key: "new", name: t("pipelineForm.first.new"), kind: "open" },
        { key: "qualified", name: t("pipelineForm.first.qualified"), kind: "open" },
        { key: "proposal", name: t("pipelineForm.first.proposal"), kind: "open" },
        { key: "won", name: t("pipelineForm.first.won"), kind: "won" },
        { key: "lost", name: t("pipelineForm.first.lost"), kind: "lost" },
      ],
  );
  const [tried, setTried] = useState(false);
  const save = useAct({
    act: async () => {
      const body = {
        name: name.trim(),
        stages: stages.map((stage) => ({
          ...(stage.id ? { id: stage.id } : {}),
          name: stage.name.trim(),
          kind: stage.kind,
        })),
      };
      return pipeline
        ? answer(
            api.PATCH("/api/v1/pipelines/{id}", { params: { path: { id: pipeline.id } }, body }),
          )
        : answer(api.POST("/api/v1/pipelines", { body }));
    },
    changes: [["pipelines"], ["opportunities"], ["ledger"]],
    done: t("saved"),
    ownError: true,
    onDone: onClose,
  });
  const change = (index: number, next: Partial<StageDraft>) =>
    setStages(stages.map((stage, at) => (at === index ? { ...stage, ...next } : stage)));
  const swap = (index: number, other: number) =>
    setStages(
      stages.map((stage, at) => stages[at === index ? other : at === other ? index : at] ?? stage),
    );
  const complete = name.trim() !== "" && stages.every((stage) => stage.name.trim() !== "");
  const submit = () => {
    setTried(true);
    if (complete) save.mutate();
  };
  return (
    <FormDialog
      opened
      onClose={onClose}
      title={t(pipeline ? "editPipeline" : "newPipeline")}
      submit={common(pipeline ? "save" : "add")}
      size="lg"
      pending={save.isPending}
      error={save.error}
      onSubmit={submit}
    >
      <TextInput
        label={t("pipelineForm.name")}
        required
        data-autofocus
        maxLength={100}
        value={name}
        error={tried && !complete && t("pipelineForm.needed")}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Text size="sm" fw={500}>
        {t("pipelineForm.stages")}
      </Text>
      {stages.map((stage, index) => {
        const place = index + 1;
        return (
          <Group key={stage.key} gap="xs" wrap="nowrap">
            <TextInput
              aria-label={t("pipelineForm.stageName", { place })}
              flex={1}
              maxLength={100}
              value={stage.name}
              onChange={(event) => change(index, { name: event.currentTarget.value })}
            />
            <NativeSelect
              aria-label={t("pipelineForm.stageKind", { place })}
              value={stage.kind}
              data={kinds.map((value) => ({ value, label: t(`kind.${value}`) }))}
              onChange={(event) =>
                change(index, {
                  kind: kinds.find((each) => each === event.currentTarget.value) ?? "open",
                })
              }
            />
            <ActionIcon
              variant="default"
              disabled={index === 0}
              aria-label={t("pipelineForm.up", { place })}
              onClick={() => swap(index, index - 1)}
            >
              <IconArrowUp size={14} />
            </ActionIcon>
            <ActionIcon
              variant="default"
              disabled={place === stages.length}
              aria-label={t("pipelineForm.down", { place })}
              onClick={() => swap(index, place)}
            >
              <IconArrowDown size={14} />
            </ActionIcon>
            <ActionIcon
              variant="default"
              aria-label={t("pipelineForm.remove", { place })}
              onClick={() => setStages(stages.filter((_, at) => at !== index))}
            >
              <IconX size={14} />
            </ActionIcon>
          </Group>
        );
      })}
      <Button
        variant="default"
        leftSection={<IconPlus size={14} />}
        onClick={() => setStages([...stages, { key: `new ${Date.now()}`, name: "", kind: "open" }])}
      >
        {t("pipelineForm.add")}
      </Button>
    </FormDialog>
  );
}
