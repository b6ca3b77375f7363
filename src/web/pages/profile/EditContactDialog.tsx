import { Alert, Button, Select, SimpleGrid, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useAct } from "../../api/act.ts";
import { answer, api } from "../../api/client.ts";
import type { Contact } from "../../api/types.ts";
import { useUserChoices } from "../../api/users.ts";
import { useMe } from "../../app/session.tsx";
import { FormDialog } from "../../components/FormDialog.tsx";
import { nameOf } from "../../components/naming.ts";
import { AddressFields } from "./AddressFields.tsx";
import { AttributeFields } from "./AttributeFields.tsx";
import { changesOf, formOf } from "./contact-form.ts";

export function EditContactDialog({ contact, onClose }: { contact: Contact; onClose: () => void }) {
  const { t } = useTranslation("profile");
  const { t: common } = useTranslation();
  const me = useMe();
  const users = useUserChoices();
  const queries = useQueryClient();
  const form = useForm({ initialValues: formOf(contact) });
  const save = useAct({
    act: () =>
      answer(
        api.PATCH("/api/v1/contacts/{id}", {
          params: { path: { id: contact.id } },
          body: changesOf(contact, form.values),
        }),
      ),
    changes: [["contacts"], ["lists"]],
    done: t("form.saved"),
    ownError: true,
    onDone: onClose,
  });
  const reload = async () => {
    await queries.invalidateQueries({ queryKey: ["contacts", contact.id] });
    onClose();
  };
  const text = (name: "first_name" | "last_name" | "company" | "job_title", label: string) => (
    <TextInput label={label} maxLength={200} {...form.getInputProps(name)} />
  );
  return (
    <FormDialog
      opened
      onClose={onClose}
      title={t("form.title", { name: nameOf(contact) })}
      submit={common("save")}
      size="lg"
      pending={save.isPending}
      error={save.error}
      onSubmit={() => save.mutate()}
    >
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <TextInput
          label={t("form.firstName")}
          data-autofocus
          maxLength={200}
          {...form.getInputProps("first_name")}
        />
        {text("last_name", t("form.lastName"))}
        {text("company", t("details.company"))}
        {text("job_title", t("details.job"))}
        {!me.own_only && (
          <Select
            label={t("details.owner")}
            placeholder={t("noOwner")}
            data={users}
            searchable
            clearable
            {...form.getInputProps("owner_id")}
          />
        )}
        <TextInput
          label={t("details.language")}
          placeholder={t("form.languageHint")}
          maxLength={35}
          {...form.getInputProps("locale")}
        />
      </SimpleGrid>
      <AddressFields form={form} />
      <AttributeFields form={form} />
      {save.error?.code === "state_conflict" && (
        <Alert color="yellow" title={t("form.changedMeanwhile")}>
          <Button size="compact-sm" variant="default" onClick={() => void reload()}>
            {t("form.reload")}
          </Button>
        </Alert>
      )}
    </FormDialog>
  );
}
