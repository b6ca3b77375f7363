import { Select, SimpleGrid, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { notifications } from "@mantine/notifications";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAct } from "../../api/act.ts";
import { answer, api } from "../../api/client.ts";
import type { Contact } from "../../api/types.ts";
import { useUserChoices } from "../../api/users.ts";
import { useMe } from "../../app/session.tsx";
import { FormDialog } from "../../components/FormDialog.tsx";
import { nameOf } from "../../components/naming.ts";
import { channelState } from "../../components/refusals.ts";
import { AddressHolder } from "./AddressHolder.tsx";
import { StoppedFromBirth } from "./StoppedFromBirth.tsx";

/** Adds one contact; says when its address was stopped before. */
export function NewContactDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("contacts");
  const me = useMe();
  const users = useUserChoices();
  const navigate = useNavigate();
  const [stopped, setStopped] = useState<Contact | null>(null);
  const form = useForm({
    initialValues: {
      first_name: "",
      last_name: "",
      company: "",
      job_title: "",
      email: "",
      phone: "",
      owner_id: me.user.id as string | null,
    },
  });
  const create = useAct<Contact>({
    act: () => {
      const { email, phone, ...rest } = form.values;
      return answer(
        api.POST("/api/v1/contacts", {
          body: {
            ...rest,
            addresses: [
              ...(email.trim() ? [{ channel: "email" as const, value: email.trim() }] : []),
              ...(phone.trim() ? [{ channel: "sms" as const, value: phone.trim() }] : []),
            ],
          },
        }),
      );
    },
    changes: [["contacts"]],
    ownError: true,
    onDone(contact) {
      const isStopped = contact.sending_status.channels.some(
        (each) => channelState(each.eligible, each.refusals) === "stopped",
      );
      if (isStopped) {
        setStopped(contact);
        return;
      }
      notifications.show({ message: t("create.added", { name: nameOf(contact) }), color: "teal" });
      onClose();
      void navigate({ to: "/contacts/$id", params: { id: contact.id } });
    },
  });
  const submit = () => {
    const { owner_id: _owner, ...texts } = form.values;
    if (Object.values(texts).every((text) => text.trim() === "")) {
      form.setFieldError("first_name", t("create.needed"));
      return;
    }
    create.mutate();
  };
  if (stopped) return <StoppedFromBirth contact={stopped} onClose={onClose} />;
  const field = (name: "first_name" | "last_name" | "company" | "job_title", label: string) => (
    <TextInput label={label} maxLength={200} {...form.getInputProps(name)} />
  );
  return (
    <FormDialog
      opened
      onClose={onClose}
      title={t("create.title")}
      submit={t("create.submit")}
      size="lg"
      pending={create.isPending}
      error={create.error}
      onSubmit={submit}
    >
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <TextInput
          label={t("create.firstName")}
          data-autofocus
          maxLength={200}
          {...form.getInputProps("first_name")}
        />
        {field("last_name", t("create.lastName"))}
        <TextInput label={t("create.email")} type="email" {...form.getInputProps("email")} />
        <TextInput
          label={t("create.phone")}
          placeholder={t("create.phoneHint")}
          type="tel"
          {...form.getInputProps("phone")}
        />
        {field("company", t("create.company"))}
        {field("job_title", t("create.job"))}
        {!me.own_only && (
          <Select
            label={t("create.owner")}
            data={users}
            searchable
            clearable
            {...form.getInputProps("owner_id")}
          />
        )}
      </SimpleGrid>
      <AddressHolder error={create.error} onOpen={onClose} />
    </FormDialog>
  );
}
