import { Button, Group, Table, Text, Title } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { Consents } from "../../api/types.ts";
import { May } from "../../components/May.tsx";
import { Moment } from "../../components/Moment.tsx";
import { Loaded } from "../../components/PageState.tsx";
import { useFormats } from "../../i18n/format.ts";
import { ConsentHistory } from "./ConsentHistory.tsx";
import { consentsQuery } from "./queries.ts";
import { RecordOptInDialog } from "./RecordOptInDialog.tsx";

/** What the person agreed to by topic, how that is known, and recording another opt-in. */
export function ConsentsPanel({ contactId }: { contactId: string }) {
  const { t } = useTranslation("consents");
  const query = useQuery(consentsQuery(contactId));
  const [recording, { open, close }] = useDisclosure();
  return (
    <Loaded query={query}>
      {(consents) => (
        <>
          <Group justify="space-between" mb="xs">
            <Title order={2}>{t("now")}</Title>
            {consents.items.length > 0 && (
              <May permission="contacts.edit">
                <Button
                  size="compact-sm"
                  variant="default"
                  leftSection={<IconPlus size={14} />}
                  onClick={open}
                >
                  {t("record")}
                </Button>
              </May>
            )}
          </Group>
          <TopicStates items={consents.items} />
          <Title order={2} mt="lg" mb="xs">
            {t("history")}
          </Title>
          <ConsentHistory consents={consents} />
          {recording && (
            <RecordOptInDialog contactId={contactId} items={consents.items} onClose={close} />
          )}
        </>
      )}
    </Loaded>
  );
}

function TopicStates({ items }: { items: Consents["items"] }) {
  const { t } = useTranslation("consents");
  const { t: common } = useTranslation();
  const { moment } = useFormats();
  if (items.length === 0) return <Text size="sm">{t("noTopic")}</Text>;
  return (
    <Table>
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col">{t("topic")}</Table.Th>
          <Table.Th scope="col">{t("channel")}</Table.Th>
          <Table.Th scope="col">{t("stateName")}</Table.Th>
          <Table.Th scope="col">{t("since")}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {items.map((item) => (
          <Table.Tr key={`${item.channel} ${item.topic_id}`}>
            <Table.Th scope="row">{item.name}</Table.Th>
            <Table.Td>{common(`channel.${item.channel}`)}</Table.Td>
            <Table.Td>
              {t(`state.${item.state}`)}
              {item.expires_at && ` ${t("until", { when: moment(item.expires_at) })}`}
            </Table.Td>
            <Table.Td>
              <Moment at={item.since} absent="—" />
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
