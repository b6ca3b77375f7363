import { Checkbox, Divider, Select, SimpleGrid, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useAct } from "../../../api/act.ts";
import { answer, api } from "../../../api/client.ts";
import { FormDialog } from "../../../components/FormDialog.tsx";
import { LimitFields } from "./LimitFields.tsx";
import { ProviderFields } from "./ProviderFields.tsx";
import { addable, providers } from "./providers.ts";
import type { Account } from "./types.ts";
import { changesOf, isComplete, newAccountOf, useAccountForm } from "./use-account-form.ts";

interface AccountDialogProps {
  /** Null for a new one. */
  account: Account | null;
  onClose: () => void;
}

/** How messages go out: by which provider, from whom, and how many at most. */
export function AccountDialog({ account, onClose }: AccountDialogProps) {
  const { t } = useTranslation("settings");
  const { t: provided } = useTranslation("providers");
  const { t: common } = useTranslation();
  const form = useAccountForm(account);
  const { values } = form;
  const { channels } = providers[values.provider];
  const email = values.channel === "email";
  const save = useAct<unknown>({
    act: () =>
      account
        ? answer(
            api.PATCH("/api/v1/sending-accounts/{id}", {
              params: { path: { id: account.id } },
              body: changesOf(values),
            }),
          )
        : answer(api.POST("/api/v1/sending-accounts", { body: newAccountOf(values) })),
    changes: [["sending-accounts"]],
    ownError: true,
    done: t("saved"),
    onDone: onClose,
  });
  const choose = (chosen: string | null) => {
    const provider = addable.find((each) => each === chosen);
    if (!provider) return;
    const [first = "email"] = providers[provider].channels;
    const keep = providers[provider].channels.includes(values.channel);
    // A secret typed for one provider goes to no other.
    form.setValues({
      provider,
      ...(keep ? {} : { channel: first }),
      ...{ username: "", password: "", hook_secret: "", base_url: "", events_by: null },
    });
  };
  return (
    <FormDialog
      opened
      onClose={onClose}
      size="lg"
      title={account ? `${common("edit")}: ${account.name}` : t("sending.add")}
      submit={common("save")}
      disabled={!isComplete(values, account)}
      pending={save.isPending}
      error={save.error}
      onSubmit={() => save.mutate()}
    >
      <SimpleGrid cols={{ base: 1, xs: 2 }} style={{ alignItems: "end" }}>
        {!account && (
          <>
            <Select
              label={provided("provider")}
              data-autofocus
              data={addable.map((value) => ({
                value,
                label: value === "http" ? provided("anyOther") : providers[value].name,
              }))}
              allowDeselect={false}
              value={values.provider}
              onChange={choose}
            />
            <Select
              label={provided("channel")}
              data={channels.map((value) => ({ value, label: common(`channel.${value}`) }))}
              disabled={channels.length === 1}
              allowDeselect={false}
              {...form.getInputProps("channel")}
            />
          </>
        )}
        <TextInput label={t("name")} required maxLength={200} {...form.getInputProps("name")} />
        {email && <TextInput label={t("sending.fromName")} {...form.getInputProps("from_name")} />}
        <TextInput
          label={email ? t("sending.fromAddress") : provided("fromNumber")}
          description={email ? null : provided(`fromNumberHints.${values.channel as "sms"}`)}
          type={email ? "email" : "text"}
          required
          {...form.getInputProps("from_address")}
        />
        <TextInput
          label={email ? t("sending.replyTo") : provided("helpAddress")}
          description={email ? null : provided("helpAddressHint")}
          type="email"
          {...form.getInputProps("reply_to")}
        />
      </SimpleGrid>
      {values.provider !== "sink" && (
        <>
          <Divider label={providers[values.provider].name} labelPosition="left" />
          <SimpleGrid cols={{ base: 1, xs: 2 }} style={{ alignItems: "end" }}>
            <ProviderFields form={form} account={account} />
          </SimpleGrid>
        </>
      )}
      <Divider label={provided("limits")} labelPosition="left" />
      <LimitFields form={form} />
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
