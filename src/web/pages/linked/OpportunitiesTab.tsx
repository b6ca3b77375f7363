import { Anchor, Badge, Button, Card, Group, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { answer, api } from "../../api/client.ts";
import { usePages } from "../../api/pages.ts";
import type { Opportunity } from "../../api/types.ts";
import type { ChosenContact } from "../../components/ContactsChoice.tsx";
import { May } from "../../components/May.tsx";
import { Empty, Failure, Loading } from "../../components/PageState.tsx";
import { useFormats } from "../../i18n/format.ts";
import { OpportunityDialog } from "../opportunities/OpportunityDialog.tsx";
import { pipelinesQuery } from "../opportunities/queries.ts";

/** The opportunities that a contact takes part in. */
export function OpportunitiesTab({ contact }: { contact: ChosenContact }) {
  const { t } = useTranslation("linked");
  const { t: words } = useTranslation("opportunities");
  const { money, date } = useFormats();
  const pipelines = useQuery(pipelinesQuery).data?.items;
  const [adding, add] = useDisclosure();
  const [opened, setOpened] = useState<Opportunity | null>(null);
  const pages = usePages<Opportunity>(["opportunities", "of", contact.id], (cursor) =>
    answer(
      api.GET("/api/v1/contacts/{id}/opportunities", {
        params: { path: { id: contact.id }, query: { limit: 30, cursor } },
      }),
    ),
  );
  const first = pipelines?.[0];
  const openedIn = pipelines?.find((each) => each.id === opened?.pipeline_id);
  if (pages.error) return <Failure error={pages.error} retry={pages.refetch} />;
  if (pages.isPending || pipelines === undefined) return <Loading />;
  return (
    <Stack gap="sm">
      {first && (
        <May permission="contacts.edit">
          <Group justify="flex-end">
            <Button size="xs" leftSection={<IconPlus size={14} />} onClick={add.open}>
              {words("add")}
            </Button>
          </Group>
        </May>
      )}
      {pages.items.length === 0 && (
        <Empty title={t("opportunities.empty")}>{!first && t("opportunities.noPipeline")}</Empty>
      )}
      {pages.items.map((each) => (
        <Card key={each.id} withBorder padding="sm">
          <Group justify="space-between" wrap="nowrap">
            <Anchor
              component="button"
              type="button"
              size="sm"
              fw={600}
              ta="start"
              c="inherit"
              onClick={() => setOpened(each)}
            >
              {each.title}
            </Anchor>
            <Badge variant="default">{each.stage.name}</Badge>
          </Group>
          <Text size="sm" c="dimmed">
            {[
              each.amount !== null && money(each.amount, each.currency),
              each.expected_close && words("closes", { day: date(each.expected_close) }),
              each.contacts
                .filter(({ id }) => id !== contact.id)
                .map(({ name }) => name)
                .join(", "),
            ]
              .filter(Boolean)
              .join(" · ")}
          </Text>
        </Card>
      ))}
      {pages.hasMore && (
        <Button variant="default" onClick={pages.fetchMore} loading={pages.isFetchingMore}>
          {t("more")}
        </Button>
      )}
      {adding && first && (
        <OpportunityDialog pipeline={first} contact={contact} onClose={add.close} />
      )}
      {opened && openedIn && (
        <OpportunityDialog
          pipeline={openedIn}
          opportunity={opened}
          onClose={() => setOpened(null)}
        />
      )}
    </Stack>
  );
}
