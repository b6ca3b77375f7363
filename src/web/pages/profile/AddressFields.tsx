import { ActionIcon, Button, Fieldset, Group, NativeSelect, Text, TextInput } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { ContactFormHandle } from "./contact-form.ts";

const channels = ["email", "sms", "whatsapp", "call"] as const;

export function AddressFields({ form }: { form: ContactFormHandle }) {
  const { t } = useTranslation("profile");
  const { t: common } = useTranslation();
  return (
    <Fieldset legend={t("details.addresses")}>
      <Text size="sm" c="dimmed" mb="xs">
        {t("form.addressHint")}
      </Text>
      {form.values.addresses.map((address, index) => (
        <Group key={index} gap="xs" mb="xs" wrap="nowrap">
          <NativeSelect
            aria-label={t("form.channel")}
            w={120}
            data={channels.map((value) => ({ value, label: common(`channel.${value}`) }))}
            {...form.getInputProps(`addresses.${index}.channel`)}
          />
          <TextInput
            aria-label={t("form.address")}
            flex={1}
            maxLength={400}
            {...form.getInputProps(`addresses.${index}.value`)}
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            size="lg"
            aria-label={t("form.removeAddress", { value: address.value })}
            onClick={() => form.removeListItem("addresses", index)}
          >
            <IconTrash size={16} />
          </ActionIcon>
        </Group>
      ))}
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<IconPlus size={14} />}
        onClick={() => form.insertListItem("addresses", { channel: "email", value: "" })}
      >
        {t("form.addAddress")}
      </Button>
    </Fieldset>
  );
}
