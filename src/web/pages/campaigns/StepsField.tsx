import {
  ActionIcon,
  Anchor,
  Button,
  Group,
  NumberInput,
  Paper,
  Select,
  Stack,
  Text,
} from "@mantine/core";
import { IconArrowDown, IconArrowUp, IconPlus, IconTrash } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { type Delay, readDelay, writeDelay } from "./delay.ts";
import { accountsQuery, templatesQuery } from "./queries.ts";
import { accountFor, fits, type StepChannel, stepChannels } from "./step-channel.ts";
import { type DraftStep, newStep } from "./use-draft.ts";

interface StepsFieldProps {
  steps: DraftStep[];
  accountId: string | null;
  onChange: (steps: DraftStep[]) => void;
}

const mostSteps = 20;

/** The sequence: on each step a channel, a template that fits it, and how long after the step before. */
export function StepsField({ steps, accountId, onChange }: StepsFieldProps) {
  const { t } = useTranslation("campaigns");
  const { t: common } = useTranslation();
  const { data } = useQuery(templatesQuery);
  const { data: accounts } = useQuery(accountsQuery);
  const templates = data?.items ?? [];
  const fitting = (channel: StepChannel) =>
    templates
      .filter(({ format }) => fits(format, channel))
      .map(({ id, name }) => ({ value: id, label: name }));
  const change = (index: number, part: Partial<DraftStep>) =>
    onChange(steps.map((step, at) => (at === index ? { ...step, ...part } : step)));
  const rechannel = (index: number, channel: StepChannel) => {
    const chosen = templates.find(({ id }) => id === steps[index]?.template_id);
    change(index, {
      channel,
      ...(chosen && !fits(chosen.format, channel) ? { template_id: null } : {}),
    });
  };
  const sender = (channel: StepChannel) => {
    if (!accounts) return "";
    const found = accountFor(accounts.items, { steps, sending_account_id: accountId }, channel);
    return found ? t("stepBy", { name: found.name }) : t("stepByNone");
  };
  const move = (index: number, by: -1 | 1) => {
    const next = [...steps];
    const [step] = next.splice(index, 1);
    if (step) next.splice(index + by, 0, step);
    onChange(next);
  };
  return (
    <Stack gap="sm">
      {steps.map((step, index) => (
        <Paper
          withBorder
          p="sm"
          key={step.key}
          role="group"
          aria-label={t("step", { number: index + 1 })}
        >
          <Group justify="space-between" mb={4} wrap="nowrap">
            <Text fw={600} size="sm">
              {t("step", { number: index + 1 })}
            </Text>
            <Group gap={2}>
              <ActionIcon
                variant="subtle"
                color="gray"
                disabled={index === 0}
                onClick={() => move(index, -1)}
                aria-label={t("moveUp", { number: index + 1 })}
              >
                <IconArrowUp size={16} />
              </ActionIcon>
              <ActionIcon
                variant="subtle"
                color="gray"
                disabled={index === steps.length - 1}
                onClick={() => move(index, 1)}
                aria-label={t("moveDown", { number: index + 1 })}
              >
                <IconArrowDown size={16} />
              </ActionIcon>
              <ActionIcon
                variant="subtle"
                color="gray"
                disabled={steps.length === 1}
                onClick={() => onChange(steps.filter((_, at) => at !== index))}
                aria-label={t("removeStep", { number: index + 1 })}
              >
                <IconTrash size={16} />
              </ActionIcon>
            </Group>
          </Group>
          <Select
            label={t("channel")}
            description={sender(step.channel)}
            data={stepChannels.map((value) => ({ value, label: common(`channel.${value}`) }))}
            value={step.channel}
            onChange={(value) => {
              if (value !== null) rechannel(index, value);
            }}
            allowDeselect={false}
            mb="xs"
          />
          <Select
            label={t("template")}
            data={fitting(step.channel)}
            value={step.template_id}
            onChange={(template_id) => {
              if (template_id !== null) change(index, { template_id });
            }}
            allowDeselect={false}
            searchable
            nothingFoundMessage={
              fitting(step.channel).length === 0 ? t("noFitting") : t("noTemplate")
            }
            placeholder={t("chooseTemplate")}
            error={step.template_id === null && steps.length > 1 ? t("templateNeeded") : null}
          />
          {step.template_id !== null && (
            <Anchor
              component={Link}
              to={`/templates/${step.template_id}`}
              size="sm"
              display="inline-block"
              mt={4}
            >
              {t("openTemplate")}
            </Anchor>
          )}
          <DelayField
            iso={step.delay}
            first={index === 0}
            onChange={(delay) => change(index, { delay })}
          />
        </Paper>
      ))}
      {data && templates.length === 0 && (
        <Text size="sm">
          {t("noTemplates")}{" "}
          <Anchor component={Link} to="/templates/new" size="sm" underline="always">
            {t("writeTemplate")}
          </Anchor>
        </Text>
      )}
      <Group>
        <Button
          variant="default"
          leftSection={<IconPlus size={16} />}
          disabled={steps.length >= mostSteps}
          onClick={() =>
            onChange([
              ...steps,
              newStep(steps.length === 0 ? "PT0S" : "P3D", steps.at(-1)?.channel),
            ])
          }
        >
          {common("add")}: {t("stepOne")}
        </Button>
      </Group>
    </Stack>
  );
}

interface DelayFieldProps {
  iso: string;
  first: boolean;
  onChange: (iso: string) => void;
}

function DelayField({ iso, first, onChange }: DelayFieldProps) {
  const { t } = useTranslation("campaigns");
  const delay = readDelay(iso);
  if (!delay) {
    return (
      <Group mt="xs">
        <Text size="sm">
          {first ? t("delay.afterStart") : t("delay.afterStep")}: {iso}
        </Text>
        <Button variant="default" size="compact-sm" onClick={() => onChange("P1D")}>
          {t("delay.change")}
        </Button>
      </Group>
    );
  }
  const part = (name: keyof Delay, max: number) => (
    <NumberInput
      label={t(`delay.${name}`)}
      w={88}
      min={0}
      max={max}
      clampBehavior="strict"
      allowDecimal={false}
      hideControls
      value={delay[name]}
      onChange={(value) => onChange(writeDelay({ ...delay, [name]: Number(value) || 0 }))}
    />
  );
  return (
    <Group mt="xs" align="flex-end" gap="xs" role="group" aria-label={t("delay.title")}>
      {part("days", 366)}
      {part("hours", 999)}
      {part("minutes", 9999)}
      <Text size="sm" pb={8}>
        {first ? t("delay.afterStart") : t("delay.afterStep")}
      </Text>
    </Group>
  );
}
