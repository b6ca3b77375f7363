import { Group, Kbd, Modal, Stack, Text, Title } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { places } from "./places.ts";

export function HelpDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation("shell");
  const anywhere = [
    { keys: ["/"], text: t("keys.search") },
    { keys: ["?"], text: t("keys.help") },
    { keys: ["Esc"], text: t("keys.close") },
    ...places.map((place) => ({ keys: ["g", place.key], text: t(`keys.${place.help}`) })),
  ];
  const tables = [
    { keys: ["j"], text: t("keys.next") },
    { keys: ["k"], text: t("keys.previous") },
    { keys: ["x"], text: t("keys.select") },
    { keys: ["Enter"], text: t("keys.open") },
  ];
  return (
    <Modal opened={opened} onClose={onClose} title={t("shortcuts")}>
      <Keys title={t("keys.anywhere")} keys={anywhere} />
      <Keys title={t("keys.tables")} keys={tables} />
    </Modal>
  );
}

function Keys({ title, keys }: { title: string; keys: { keys: string[]; text: string }[] }) {
  const { t } = useTranslation("shell");
  return (
    <Stack gap={6} mb="md">
      <Title order={3} size="sm">
        {title}
      </Title>
      {keys.map((each) => (
        <Group key={each.text} justify="space-between">
          <Text size="sm">{each.text}</Text>
          <Group gap={4}>
            {each.keys.map((key, index) => (
              <Group key={key} gap={4}>
                {index > 0 && (
                  <Text size="xs" c="dimmed">
                    {t("keys.thenKey")}
                  </Text>
                )}
                <Kbd>{key}</Kbd>
              </Group>
            ))}
          </Group>
        </Group>
      ))}
    </Stack>
  );
}
