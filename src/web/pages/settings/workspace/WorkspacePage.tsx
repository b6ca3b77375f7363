import {
  Alert,
  Button,
  Checkbox,
  Group,
  NumberInput,
  Radio,
  Select,
  Stack,
  Textarea,
  TextInput,
} from "@mantine/core";
import { useForm } from "@mantine/form";
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useAct } from "../../../api/act.ts";
import { answer, api } from "../../../api/client.ts";
import type { Answer } from "../../../api/types.ts";
import { useMay } from "../../../app/session.tsx";
import { Page } from "../../../components/Page.tsx";
import { Loaded } from "../../../components/PageState.tsx";
import { useErrorText } from "../../../components/use-error-text.ts";
import { NotAllowed } from "../NotAllowed.tsx";
import { Part } from "../Part.tsx";
import { SendingPart } from "./SendingPart.tsx";

type Workspace = Answer<"/api/v1/workspace", "get">;

export function WorkspacePage() {
  const { t } = useTranslation("settings");
  const query = useQuery({
    queryKey: ["workspace"],
    queryFn: () => answer(api.GET("/api/v1/workspace")),
  });
  return (
    <Page title={t("workspace.title")} description={t("workspace.description")}>
      <NotAllowed permission="workspace.edit" />
      <Loaded query={query}>{(workspace) => <WorkspaceForm workspace={workspace} />}</Loaded>
    </Page>
  );
}

function WorkspaceForm({ workspace }: { workspace: Workspace }) {
  const { t } = useTranslation("settings");
  const { t: common } = useTranslation();
  const readOnly = !useMay()("workspace.edit");
  const errorText = useErrorText();
  const zones = useMemo(
    () => [...new Set(["UTC", workspace.time_zone, ...Intl.supportedValuesOf("timeZone")])],
    [workspace.time_zone],
  );
  const { policy } = workspace;
  const form = useForm({
    initialValues: {
      name: workspace.name,
      time_zone: workspace.time_zone,
      policy: { ...policy, default_country: policy.default_country ?? "" },
    },
  });
  const save = useAct({
    act: () => {
      const { name, time_zone, policy: changed } = form.values;
      return answer(
        api.PATCH("/api/v1/workspace", {
          body: {
            name,
            time_zone,
            policy: {
              ...changed,
              default_country: changed.default_country.trim().toUpperCase() || null,
            },
          },
        }),
      );
    },
    changes: [["workspace"], ["me"]],
    ownError: true,
    done: t("saved"),
    onDone: () => form.resetDirty(),
  });
  const number = (path: string, label: string, most: number, description?: string) => (
    <NumberInput
      label={label}
      description={description}
      min={1}
      max={most}
      allowDecimal={false}
      disabled={readOnly}
      maw={300}
      {...form.getInputProps(path)}
    />
  );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <Part title={t("workspace.general")}>
        <TextInput
          label={t("name")}
          required
          maxLength={200}
          disabled={readOnly}
          {...form.getInputProps("name")}
        />
        <Select
          label={t("timeZone")}
          description={t("workspace.timeZoneHint")}
          data={zones}
          searchable
          allowDeselect={false}
          limit={50}
          disabled={readOnly}
          {...form.getInputProps("time_zone")}
        />
        <Textarea
          label={t("workspace.postalAddress")}
          description={t("workspace.postalAddressHint")}
          maxLength={500}
          autosize
          minRows={2}
          disabled={readOnly}
          {...form.getInputProps("policy.postal_address")}
        />
        <TextInput
          label={t("workspace.country")}
          description={t("workspace.countryHint")}
          maxLength={2}
          maw={300}
          disabled={readOnly}
          {...form.getInputProps("policy.default_country")}
        />
      </Part>
      <Part title={t("workspace.deletion")}>
        <Radio.Group label={t("workspace.deletionHow")} {...form.getInputProps("policy.deletion")}>
          <Stack gap={6} mt={4}>
            <Radio value="bin" label={t("workspace.deletionBin")} disabled={readOnly} />
            <Radio value="off" label={t("workspace.deletionOff")} disabled={readOnly} />
          </Stack>
        </Radio.Group>
        {number("policy.bin_days", t("workspace.binDays"), 90)}
        {number(
          "policy.approval_threshold",
          t("workspace.approval"),
          1_000_000_000,
          t("workspace.approvalHint"),
        )}
      </Part>
      <Part title={t("workspace.stops")}>
        <Checkbox
          label={t("workspace.lift")}
          description={t("workspace.liftHint")}
          disabled={readOnly}
          {...form.getInputProps("policy.administrators_may_lift_unsubscribes", {
            type: "checkbox",
          })}
        />
        {(["email", "sms"] as const).map((channel) => (
          <Group
            key={channel}
            align="flex-end"
            role="group"
            aria-label={t(`workspace.quarantine.${channel}`)}
          >
            {number(
              `policy.quarantine.${channel}.failures`,
              t(`workspace.quarantine.${channel}`),
              1000,
            )}
            {number(`policy.quarantine.${channel}.days`, t("workspace.withinDays"), 365)}
          </Group>
        ))}
      </Part>
      <SendingPart inputProps={form.getInputProps} readOnly={readOnly} />
      {save.error && (
        <Alert color="red" role="alert" mb="md" maw={760}>
          {errorText(save.error)}
        </Alert>
      )}
      {!readOnly && (
        <Button type="submit" mb={96} loading={save.isPending} disabled={!form.isDirty()}>
          {common("save")}
        </Button>
      )}
    </form>
  );
}
