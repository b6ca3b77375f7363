import { Checkbox, Radio, Select, Stack, Textarea, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useAct } from "../../../api/act.ts";
import { answer, api } from "../../../api/client.ts";
import type { SignUpForm } from "../../../api/types.ts";
import { FormDialog } from "../../../components/FormDialog.tsx";
import { ListChoice } from "../../../components/ListChoice.tsx";

const kinds = ["subscribe", "update", "stop"] as const;
const fields = ["first_name", "last_name", "company"] as const;

/** Adds a form, or changes the one that is given. */
export function SignUpFormDialog({
  form: old,
  onClose,
}: {
  form?: SignUpForm;
  onClose: () => void;
}) {
  const { t } = useTranslation("forms");
  const { t: settings } = useTranslation("settings");
  const { t: common } = useTranslation();
  const topics = useQuery({
    queryKey: ["topics"],
    queryFn: () => answer(api.GET("/api/v1/topics")),
  });
  const form = useForm({
    initialValues: {
      name: old?.name ?? "",
      kind: old?.kind ?? ("subscribe" as SignUpForm["kind"]),
      topic_id: old?.topic_id ?? null,
      list_id: old?.list_id ?? null,
      fields: old?.fields ?? [],
      wording: old?.wording ?? "",
      double_opt_in: old?.double_opt_in ?? true,
      origins: old?.origins.join("\n") ?? "",
      redirect_url: old?.redirect_url ?? "",
    },
  });
  const { values } = form;
  const subscribes = values.kind === "subscribe";
  const save = useAct({
    act: () => {
      const body = {
        ...values,
        topic_id: values.kind === "update" ? null : values.topic_id,
        list_id: subscribes ? values.list_id : null,
        origins: values.origins.split(/\s+/).filter(Boolean),
        redirect_url: values.redirect_url.trim() || null,
      };
      return old
        ? answer(api.PATCH("/api/v1/forms/{id}", { params: { path: { id: old.id } }, body }))
        : answer(api.POST("/api/v1/forms", { body }));
    },
    changes: [["forms"]],
    ownError: true,
    onDone: onClose,
  });
  return (
    <FormDialog
      opened
      onClose={onClose}
      size="lg"
      title={old ? t("edit", { name: old.name }) : t("add")}
      submit={common(old ? "save" : "add")}
      disabled={values.name.trim() === ""}
      pending={save.isPending}
      error={save.error}
      onSubmit={() => save.mutate()}
    >
      <TextInput
        label={settings("name")}
        required
        data-autofocus
        maxLength={200}
        {...form.getInputProps("name")}
      />
      <Radio.Group label={t("kind")} {...form.getInputProps("kind")}>
        <Stack gap={6} mt={4}>
          {kinds.map((kind) => (
            <Radio
              key={kind}
              value={kind}
              label={t(`kinds.${kind}`)}
              description={t(`kindHint.${kind}`)}
            />
          ))}
        </Stack>
      </Radio.Group>
      {values.kind !== "update" && (
        <Select
          label={t("topic")}
          required={subscribes}
          placeholder={subscribes ? undefined : t("everyMail")}
          data={topics.data?.items.map(({ id, name }) => ({ value: id, label: name })) ?? []}
          searchable
          clearable={!subscribes}
          {...form.getInputProps("topic_id")}
        />
      )}
      {subscribes && (
        <ListChoice
          label={t("list")}
          value={values.list_id}
          onChange={(id) => form.setFieldValue("list_id", id)}
        />
      )}
      <Checkbox.Group label={t("fields")} {...form.getInputProps("fields")}>
        <Stack gap={6} mt={4}>
          {fields.map((field) => (
            <Checkbox key={field} value={field} label={t(`field.${field}`)} />
          ))}
        </Stack>
      </Checkbox.Group>
      {subscribes && (
        <>
          <Textarea
            label={t("wording")}
            description={t("wordingHint")}
            maxLength={2000}
            autosize
            minRows={2}
            {...form.getInputProps("wording")}
          />
          <Checkbox
            label={t("doubleOptIn")}
            description={t("doubleOptInHint")}
            {...form.getInputProps("double_opt_in", { type: "checkbox" })}
          />
        </>
      )}
      <Textarea
        label={t("origins")}
        description={t("originsHint")}
        autosize
        minRows={2}
        {...form.getInputProps("origins")}
      />
      <TextInput
        label={t("redirect")}
        type="url"
        placeholder="https://"
        maxLength={2000}
        {...form.getInputProps("redirect_url")}
      />
    </FormDialog>
  );
}
