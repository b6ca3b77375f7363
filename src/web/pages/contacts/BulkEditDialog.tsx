import {
  ActionIcon,
  Alert,
  Button,
  Fieldset,
  Group,
  Select,
  SimpleGrid,
  Text,
  TextInput,
} from "@mantine/core";
import { useForm } from "@mantine/form";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { answer, api } from "../../api/client.ts";
import type { Selection } from "../../api/types.ts";
import { useUserChoices } from "../../api/users.ts";
import { useMe } from "../../app/session.tsx";
import { JobFormDialog } from "../../components/jobs/JobFormDialog.tsx";
import { changesIn, unchanged } from "./bulk-changes.ts";

interface BulkEditDialogProps {
  selection: Selection;
  onClose: () => void;
  onDone: () => void;
}

/** Changes the same fields of the selected contacts; what is left empty stays as it is. */
export function BulkEditDialog({ selection, onClose, onDone }: BulkEditDialogProps) {
  const { t } = useTranslation("contacts");
  const me = useMe();
  const users = useUserChoices();
  const form = useForm({ initialValues: unchanged });
  const [missing, setMissing] = useState(false);
  const changes = changesIn(form.values);
  const check = () => {
    const complete = Object.keys(changes).length > 0;
    setMissing(!complete);
    return complete;
  };
  return (
    <JobFormDialog
      title={t("bulk.editTitle")}
      submit={t("bulk.change")}
      size="lg"
      check={check}
      run={() => answer(api.POST("/api/v1/contacts/bulk-edit", { body: { selection, changes } }))}
      onClose={onClose}
      onStarted={onDone}
    >
      <Text size="sm">{t("bulk.editHint")}</Text>
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        {!me.own_only && (
          <Select
            label={t("column.owner")}
            placeholder={t("bulk.keep")}
            data={[{ value: "none", label: t("filters.noOwner") }, ...users]}
            searchable
            clearable
            {...form.getInputProps("owner")}
          />
        )}
        <Select
          label={t("column.stage")}
          data={[
            { value: "keep", label: t("bulk.keep") },
            { value: "processed", label: t("bulk.processed") },
            { value: "facts", label: t("bulk.byFacts") },
          ]}
          allowDeselect={false}
          {...form.getInputProps("stage")}
        />
        <TextInput
          label={t("column.company")}
          placeholder={t("bulk.keep")}
          maxLength={200}
          {...form.getInputProps("company")}
        />
        <TextInput
          label={t("column.job")}
          placeholder={t("bulk.keep")}
          maxLength={200}
          {...form.getInputProps("job_title")}
        />
        <TextInput
          label={t("bulk.language")}
          placeholder={t("bulk.keep")}
          maxLength={35}
          {...form.getInputProps("locale")}
        />
      </SimpleGrid>
      <Fieldset legend={t("bulk.attributes")}>
        {form.values.attributes.map((attribute, index) => (
          <Group key={index} gap="xs" mb="xs" wrap="nowrap">
            <TextInput
              aria-label={t("bulk.attribute")}
              placeholder={t("bulk.attribute")}
              w={160}
              maxLength={64}
              {...form.getInputProps(`attributes.${index}.name`)}
            />
            <TextInput
              aria-label={`${t("bulk.value")} ${attribute.name}`}
              placeholder={t("bulk.valueHint")}
              flex={1}
              maxLength={2000}
              {...form.getInputProps(`attributes.${index}.value`)}
            />
            <ActionIcon
              variant="subtle"
              color="gray"
              size="lg"
              aria-label={t("bulk.withoutAttribute", { name: attribute.name })}
              onClick={() => form.removeListItem("attributes", index)}
            >
              <IconTrash size={16} />
            </ActionIcon>
          </Group>
        ))}
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconPlus size={14} />}
          onClick={() => form.insertListItem("attributes", { name: "", value: "" })}
        >
          {t("bulk.addAttribute")}
        </Button>
      </Fieldset>
      {missing && (
        <Alert color="red" role="alert">
          <Text size="sm">{t("bulk.nothingToChange")}</Text>
        </Alert>
      )}
    </JobFormDialog>
  );
}
