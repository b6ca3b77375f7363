import { SegmentedControl, Select, TextInput } from "@mantine/core";
import { DateInput } from "@mantine/dates";
import { useForm } from "@mantine/form";
import { useTranslation } from "react-i18next";
import { useAct } from "../../api/act.ts";
import { answer, api } from "../../api/client.ts";
import type { Channel } from "../../api/types.ts";
import { ContactChoice } from "../../components/ContactChoice.tsx";
import { FormDialog } from "../../components/FormDialog.tsx";

interface Form {
  reference: string;
  received: string | null;
  due: string | null;
  by: "contact" | "address";
  contactId: string | null;
  channel: Channel;
  address: string;
}

/** Notes that somebody asked to be forgotten; due a month after it was received, unless said otherwise. */
export function NewRequestDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("bin");
  const { t: common } = useTranslation();
  const form = useForm<Form>({
    initialValues: {
      reference: "",
      received: null,
      due: null,
      by: "contact",
      contactId: null,
      channel: "email",
      address: "",
    },
    validate: {
      reference: (value) => (value.trim() === "" ? t("requests.needReference") : null),
      contactId: (value, { by }) =>
        by === "contact" && value === null ? t("requests.needPerson") : null,
      address: (value, { by }) =>
        by === "address" && value.trim() === "" ? t("requests.needPerson") : null,
    },
  });
  const note = useAct({
    act: ({ reference, received, due, by, contactId, channel, address }: Form) =>
      answer(
        api.POST("/api/v1/erasure-requests", {
          body: {
            reference: reference.trim(),
            ...(received ? { received_at: startOf(received) } : {}),
            ...(due ? { due_at: startOf(due) } : {}),
            ...(by === "contact" && contactId ? { contact_id: contactId } : {}),
            ...(by === "address" ? { address: { channel, value: address.trim() } } : {}),
          },
        }),
      ),
    changes: [["erasure-requests"], ["ledger"]],
    done: t("requests.noted"),
    ownError: true,
    onDone: onClose,
  });
  return (
    <FormDialog
      opened
      onClose={onClose}
      title={t("requests.new")}
      submit={t("requests.note")}
      pending={note.isPending}
      error={note.error}
      onSubmit={() => {
        if (!form.validate().hasErrors) note.mutate(form.values);
      }}
    >
      <TextInput
        label={t("requests.reference")}
        description={t("requests.referenceHint")}
        required
        data-autofocus
        maxLength={200}
        {...form.getInputProps("reference")}
      />
      <SegmentedControl
        aria-label={t("requests.by")}
        data={[
          { value: "contact", label: t("requests.byContact") },
          { value: "address", label: t("requests.byAddress") },
        ]}
        {...form.getInputProps("by")}
      />
      {form.values.by === "contact" ? (
        <div>
          <ContactChoice
            label={t("requests.contact")}
            placeholder={t("searchHint")}
            nothingFound={t("noMatch")}
            value={form.values.contactId}
            onChange={(id) => form.setFieldValue("contactId", id)}
            error={form.errors.contactId}
          />
        </div>
      ) : (
        <>
          <Select
            label={t("requests.channel")}
            data={(["email", "sms"] as const).map((value) => ({
              value,
              label: common(`channel.${value}`),
            }))}
            allowDeselect={false}
            {...form.getInputProps("channel")}
          />
          <TextInput
            label={t("requests.address")}
            maxLength={320}
            {...form.getInputProps("address")}
          />
        </>
      )}
      <DateInput
        label={t("requests.receivedOn")}
        placeholder={t("requests.today")}
        valueFormat="YYYY-MM-DD"
        clearable
        {...form.getInputProps("received")}
      />
      <DateInput
        label={t("requests.dueOn")}
        placeholder={t("requests.inAMonth")}
        valueFormat="YYYY-MM-DD"
        clearable
        {...form.getInputProps("due")}
      />
    </FormDialog>
  );
}

/** The beginning of a day, on the person's own clock. */
function startOf(day: string): string {
  return new Date(`${day}T00:00:00`).toISOString();
}
