import { Checkbox, NumberInput, PasswordInput, Select, SimpleGrid, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useTranslation } from "react-i18next";
import { useAct } from "../../../api/act.ts";
import { answer, api } from "../../../api/client.ts";
import { FormDialog } from "../../../components/FormDialog.tsx";
import type { Account } from "./types.ts";

interface AccountDialogProps {
  /** Absent for a new one. */
  account: Account | null;
  onClose: () => void;
}

const usualPort = { tls: 465, starttls: 587, none: 25 } as const;
type Security = keyof typeof usualPort;

/** An SMTP server and how much it may be given; of the sink, the sender and the limits. */
export function AccountDialog({ account, onClose }: AccountDialogProps) {
  const { t } = useTranslation("settings");
  const { t: common } = useTranslation();
  const smtp = (account?.provider ?? "smtp") === "smtp";
  const form = useForm({
    initialValues: {
      name: account?.name ?? "",
      from_name: account?.from_name ?? "",
      from_address: account?.from_address ?? "",
      reply_to: account?.reply_to ?? "",
      host: account?.host ?? "",
      port: (account?.port ?? "") as number | string,
      security: (account?.security ?? "starttls") as Security,
      username: account?.username ?? "",
      password: "",
      connections: (account?.connections ?? 5) as number | string,
      per_second: (account?.per_second ?? "") as number | string,
      per_day: (account?.per_day ?? "") as number | string,
      is_default: account?.is_default ?? true,
    },
  });
  const { values } = form;
  const save = useAct<unknown>({
    act: () => {
      const sender = {
        name: values.name.trim(),
        from_name: values.from_name.trim(),
        from_address: values.from_address.trim(),
        reply_to: values.reply_to.trim() || null,
        connections: Number(values.connections) || 5,
        per_second: Number(values.per_second) || null,
        per_day: Number(values.per_day) || null,
      };
      const username = values.username.trim() || null;
      const server = {
        host: values.host.trim() || null,
        port: Number(values.port) || null,
        security: values.security,
        username,
      };
      if (!account) {
        return answer(
          api.POST("/api/v1/sending-accounts", {
            body: {
              ...sender,
              ...server,
              provider: "smtp",
              password: values.password || null,
              is_default: values.is_default,
            },
          }),
        );
      }
      // Without a user name there is no password; an empty field leaves the stored one.
      const password =
        username === null
          ? { password: null }
          : values.password
            ? { password: values.password }
            : {};
      return answer(
        api.PATCH("/api/v1/sending-accounts/{id}", {
          params: { path: { id: account.id } },
          body: { ...sender, ...(smtp ? { ...server, ...password } : {}) },
        }),
      );
    },
    changes: [["sending-accounts"]],
    ownError: true,
    done: t("saved"),
    onDone: onClose,
  });
  return (
    <FormDialog
      opened
      onClose={onClose}
      size="lg"
      title={account ? `${common("edit")}: ${account.name}` : t("sending.add")}
      submit={common("save")}
      disabled={values.name.trim() === "" || values.from_address.trim() === ""}
      pending={save.isPending}
      error={save.error}
      onSubmit={() => save.mutate()}
    >
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <TextInput
          label={t("name")}
          required
          data-autofocus
          maxLength={200}
          {...form.getInputProps("name")}
        />
        <TextInput label={t("sending.fromName")} {...form.getInputProps("from_name")} />
        <TextInput
          label={t("sending.fromAddress")}
          type="email"
          required
          {...form.getInputProps("from_address")}
        />
        <TextInput label={t("sending.replyTo")} type="email" {...form.getInputProps("reply_to")} />
        {smtp && (
          <>
            <TextInput
              label={t("sending.host")}
              placeholder="smtp.example.org"
              required
              {...form.getInputProps("host")}
            />
            <Select
              label={t("sending.security")}
              data={(["starttls", "tls", "none"] as const).map((value) => ({
                value,
                label: t(`sending.securities.${value}`),
              }))}
              allowDeselect={false}
              {...form.getInputProps("security")}
            />
            <NumberInput
              label={t("sending.port")}
              placeholder={String(usualPort[values.security])}
              min={1}
              max={65_535}
              allowDecimal={false}
              thousandSeparator=""
              {...form.getInputProps("port")}
            />
            <TextInput
              label={t("sending.username")}
              autoComplete="off"
              {...form.getInputProps("username")}
            />
            <PasswordInput
              label={t("sending.password")}
              description={
                account?.has_password ? t("sending.passwordKept") : t("sending.passwordHint")
              }
              autoComplete="new-password"
              {...form.getInputProps("password")}
            />
          </>
        )}
        <NumberInput
          label={t("sending.connections")}
          min={1}
          max={50}
          allowDecimal={false}
          {...form.getInputProps("connections")}
        />
        <NumberInput
          label={t("sending.perSecond")}
          placeholder={t("sending.noLimit")}
          min={1}
          max={100_000}
          allowDecimal={false}
          {...form.getInputProps("per_second")}
        />
        <NumberInput
          label={t("sending.perDay")}
          placeholder={t("sending.noLimit")}
          min={1}
          max={2_000_000_000}
          allowDecimal={false}
          {...form.getInputProps("per_day")}
        />
      </SimpleGrid>
      {!account && (
        <Checkbox
          label={t("sending.asDefault")}
          description={t("sending.asDefaultHint")}
          {...form.getInputProps("is_default", { type: "checkbox" })}
        />
      )}
    </FormDialog>
  );
}
