import { Box, Button, Group, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";

/** What a template may name, as the server's content/fields.ts knows it. */
const fields = [
  "contact.first_name",
  "contact.last_name",
  "contact.full_name",
  "contact.company",
  "contact.job_title",
  "contact.email",
  "contact.phone",
  "campaign.name",
  "workspace.name",
  "workspace.postal_address",
  "sender.name",
  "sender.address",
  "today",
  "unsubscribe_url",
] as const;

/** Puts a field where the cursor stands. */
export function FieldMenu({ into, onInsert }: { into: string; onInsert: (field: string) => void }) {
  const { t } = useTranslation("templates");
  return (
    <Box role="group" aria-label={t("insert", { into })}>
      <Text size="sm" fw={500} mb={4}>
        {t("insert", { into })}
      </Text>
      <Group gap={6}>
        {fields.map((field) => (
          <Button
            key={field}
            variant="default"
            size="compact-xs"
            ff="monospace"
            // The cursor stays where it is.
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => onInsert(`{{ ${field} }}`)}
          >
            {field}
          </Button>
        ))}
      </Group>
      <Text size="xs" c="dimmed" mt={6}>
        {t("insertHint")} <code>{'{{ contact.first_name | default: "there" }}'}</code>{" "}
        <code>{"{{ contact.attributes.… }}"}</code>
      </Text>
    </Box>
  );
}
