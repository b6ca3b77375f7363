import { NumberInput, SimpleGrid, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useAct } from "../../api/act.ts";
import { answer, api } from "../../api/client.ts";
import { FormDialog } from "../../components/FormDialog.tsx";
import { useFormats } from "../../i18n/format.ts";

/** Makes a list of those whom nothing reaches any more, and opens it; nobody is stopped. */
export function UnengagedDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("contacts");
  const { number, date } = useFormats();
  const navigate = useNavigate();
  const today = date(new Date().toISOString().slice(0, 10));
  const form = useForm({
    initialValues: {
      name: `${t("unengaged.firstName")}, ${today}`,
      messages: 5 as number | string,
      days: 90 as number | string,
    },
  });
  const { name, messages, days } = form.values;
  const make = useAct({
    act: () =>
      answer(
        api.POST("/api/v1/lists/from-unengaged", {
          body: { name, messages: Number(messages), days: Number(days) },
        }),
      ),
    changes: [["lists"], ["contacts"]],
    ownError: true,
    done: ({ added, complete }) =>
      [
        t("unengaged.made", { count: added, formatted: number(added) }),
        ...(complete ? [] : [t("unengaged.more")]),
      ].join(" "),
    onDone: ({ list_id }) => {
      onClose();
      void navigate({ to: "/lists/$id", params: { id: list_id } });
    },
  });
  return (
    <FormDialog
      opened
      onClose={onClose}
      title={t("unengaged.title")}
      submit={t("unengaged.submit")}
      disabled={name.trim() === "" || messages === "" || days === ""}
      pending={make.isPending}
      error={make.error}
      onSubmit={() => make.mutate()}
    >
      <Text size="sm">{t("unengaged.text")}</Text>
      <TextInput
        label={t("unengaged.name")}
        required
        data-autofocus
        maxLength={200}
        {...form.getInputProps("name")}
      />
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <NumberInput
          label={t("unengaged.messages")}
          required
          min={1}
          max={1000}
          allowDecimal={false}
          {...form.getInputProps("messages")}
        />
        <NumberInput
          label={t("unengaged.days")}
          required
          min={1}
          max={3650}
          allowDecimal={false}
          {...form.getInputProps("days")}
        />
      </SimpleGrid>
    </FormDialog>
  );
}
