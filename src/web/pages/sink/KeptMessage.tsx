import { Anchor, Button, Card, Group, Stack, Table, Tabs, Text, Title } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { answer, api } from "../../api/client.ts";
import { MailFrame } from "../../components/MailFrame.tsx";
import { Moment } from "../../components/Moment.tsx";
import { Loaded } from "../../components/PageState.tsx";
import classes from "./KeptMessage.module.css";

interface KeptMessageProps {
  id: string;
  onRecipient: (address: string) => void;
}

/** One message as its recipient sees it. */
export function KeptMessage({ id, onRecipient }: KeptMessageProps) {
  const { t } = useTranslation("sink");
  const query = useQuery({
    queryKey: ["sink", id],
    queryFn: () => answer(api.GET("/api/v1/sink/{id}", { params: { path: { id } } })),
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (
    <Loaded query={query}>
      {(mail) => (
        <Card withBorder>
          <Stack gap="sm">
            <Group justify="space-between" align="flex-start" wrap="nowrap">
              <Title order={2} style={{ overflowWrap: "anywhere" }}>
                {mail.subject || t("noSubject")}
              </Title>
              <Button
                component="a"
                href={`/api/v1/sink/${id}/raw`}
                download={`${id}.eml`}
                variant="default"
                size="compact-sm"
                leftSection={<IconDownload size={14} />}
                style={{ flex: "none" }}
              >
                {t("source")}
              </Button>
            </Group>
            <Text size="sm" style={{ overflowWrap: "anywhere" }}>
              {t("from")}: {mail.headers.from ?? mail.from}
              <br />
              {t("to")}:{" "}
              <Anchor
                component="button"
                type="button"
                size="sm"
                title={t("onlyThis")}
                onClick={() => onRecipient(mail.to)}
              >
                {mail.to}
              </Anchor>
              <br />
              <Text span size="sm" c="dimmed">
                <Moment at={mail.received_at} />
              </Text>
            </Text>
            <Tabs defaultValue="seen" keepMounted={false}>
              <Tabs.List>
                <Tabs.Tab value="seen">{t("seen")}</Tabs.Tab>
                <Tabs.Tab value="text">{t("text")}</Tabs.Tab>
                <Tabs.Tab value="headers">{t("headers")}</Tabs.Tab>
              </Tabs.List>
              <Tabs.Panel value="seen" pt="sm">
                <MailFrame title={t("frame")} src={`/api/v1/sink/${id}/html`} height="60dvh" />
              </Tabs.Panel>
              <Tabs.Panel value="text" pt="sm">
                <pre className={classes.text}>{mail.text ?? t("noText")}</pre>
              </Tabs.Panel>
              <Tabs.Panel value="headers" pt="sm">
                <Table layout="fixed" verticalSpacing={4}>
                  <Table.Thead className="visually-hidden">
                    <Table.Tr>
                      <Table.Th scope="col">{t("header")}</Table.Th>
                      <Table.Th scope="col">{t("value")}</Table.Th>
                    </Table.Tr>
                  </Table.Thead>
                  <Table.Tbody>
                    {Object.entries(mail.headers).map(([name, value]) => (
                      <Table.Tr key={name}>
                        <Table.Th scope="row" w={{ base: 120, xs: 220 }} className={classes.name}>
                          {name}
                        </Table.Th>
                        <Table.Td className={classes.value}>{value}</Table.Td>
                      </Table.Tr>
                    ))}
                  </Table.Tbody>
                </Table>
              </Tabs.Panel>
            </Tabs>
          </Stack>
        </Card>
      )}
    </Loaded>
  );
}
