import { Button, Group, Text } from "@mantine/core";
import { IconFileImport, IconHeartHandshake } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { May } from "../../components/May.tsx";
import { Empty } from "../../components/PageState.tsx";

/** An empty workspace: what to do first, in two clicks. */
export function FirstRun({ onCreate }: { onCreate: () => void }) {
  const { t } = useTranslation("contacts");
  return (
    <Empty
      icon={<IconHeartHandshake size={44} stroke={1.3} />}
      title={t("first.title")}
      actions={
        <>
          <Group>
            <May permission="contacts.import">
              <Button component={Link} to="/imports" leftSection={<IconFileImport size={16} />}>
                {t("first.import")}
              </Button>
            </May>
            <May permission="contacts.edit">
              <Button variant="default" onClick={onCreate}>
                {t("first.add")}
              </Button>
            </May>
          </Group>
          <Text size="sm" c="dimmed" mt="sm">
            {t("first.sink")}
          </Text>
          <Text size="sm" c="dimmed">
            {t("first.demo")}
          </Text>
        </>
      }
    >
      {t("first.text")}
    </Empty>
  );
}
