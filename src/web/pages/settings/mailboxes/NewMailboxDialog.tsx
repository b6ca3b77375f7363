import { NumberInput, PasswordInput, Select, SimpleGrid, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useTranslation } from "react-i18next";
import { useAct } from "../../../api/act.ts";
import { answer, api } from "../../../api/client.ts";
import { FormDialog } from "../../../components/FormDialog.tsx";

const usualPort = { tls: 993, starttls: 143, none: 143 } as const;
const securities = ["tls", "starttls", "none"] as const;

export function NewMailboxDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("mailboxes");
  const { t: settings } = useTranslation("settings");
  const { t: common } = useTranslation();
  const form = useForm({
    initialValues: {
      name: "",
      host: "",
      security: "tls" as (typeof securities)[number],
      port: "" as number | string,
      username: "",
      password: "",
      folder: "INBOX",
    },
  });
  const { values } = form;
  const add = useAct({
    act: () =>
      answer(
        api.POST("/api/v1/mailboxes", {
          body: {
            name: values.name.trim(),
            host: values.host.trim(),
            security: values.security,
            port: Number(values.port) || usualPort[values.security],
            username: values.username.trim(),
            password: values.password,
            folder: values.folder.trim() || "INBOX",
          },
        }),
      ),
    changes: [["mailboxes"]],
    ownError: true,
    done: t("added"),
    onDone: onClose,
  });
  const complete = [values.name, values.host, values.username, values.password].every(
    (value) => value.trim() !== "",
  );
  return (
    <FormDialog
      opened
      onClose={onClose}
      size="lg"
      title={t("addTitle")}
      submit={common("add")}
      disabled={!complete}
      pending={add.isPending}
      error={add.error}
      onSubmit={() => add.mutate()}
    >
      <Text size="sm">{t("hint")}</Text>
      <SimpleGrid cols={{ base: 1, xs: 2 }} style={{ alignItems: "end" }}>
        <TextInput
          label={t("name")}
          description={t("nameHint")}
          required
          data-autofocus
          maxLength={100}
          {...form.getInputProps("name")}
        />
        <TextInput
          label={t("host")}
          placeholder="imap.example.org"
          required
          {...form.getInputProps("host")}
        />
        <Select
          label={t("security")}
          data={securities.map((value) => ({
            value,
            label: settings(`sending.securities.${value}`),
          }))}
          allowDeselect={false}
          {...form.getInputProps("security")}
        />
        <NumberInput
          label={t("port")}
          placeholder={String(usualPort[values.security])}
          min={1}
          max={65_535}
          allowDecimal={false}
          thousandSeparator=""
          {...form.getInputProps("port")}
        />
        <TextInput
          label={t("username")}
          required
          autoComplete="off"
          {...form.getInputProps("username")}
        />
        <TextInput label={t("folder")} {...form.getInputProps("folder")} />
      </SimpleGrid>
      <PasswordInput
        label={t("password")}
        description={t("passwordHint")}
        required
        autoComplete="new-password"
        {...form.getInputProps("password")}
      />
    </FormDialog>
  );
}
