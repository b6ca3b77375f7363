import { ActionIcon, Button, Fieldset, Group, TextInput } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { ContactFormHandle } from "./contact-form.ts";

export function AttributeFields({ form }: { form: ContactFormHandle }) {
  const { t } = useTranslation("profile");
  return (
    <Fieldset legend={t("details.attributes")}>
      {form.values.attributes.map((attribute, index) => (
        <Group key={index} gap="xs" mb="xs" wrap="nowrap">
          <TextInput
            aria-label={t("form.attribute")}
            w={160}
            maxLength={64}
            {...form.getInputProps(`attributes.${index}.name`)}
          />
          <TextInput
            aria-label={`${t("form.value")} ${attribute.name}`}
            flex={1}
            maxLength={2000}
            {...form.getInputProps(`attributes.${index}.value`)}
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            size="lg"
            aria-label={t("form.removeAttribute", { name: attribute.name })}
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
        onClick={() => form.insertListItem("attributes", { name: "", value: "", was: undefined })}
      >
        {t("form.addAttribute")}
      </Button>
    </Fieldset>
  );
}
