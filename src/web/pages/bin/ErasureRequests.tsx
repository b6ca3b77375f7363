import { Button, Card, Group, Stack, Text } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { answer, api } from "../../api/client.ts";
import { usePages } from "../../api/pages.ts";
import type { ErasureRequest } from "../../api/types.ts";
import { Empty, Failure, Loading } from "../../components/PageState.tsx";
import { NewRequestDialog } from "./NewRequestDialog.tsx";
import { RequestCard } from "./RequestCard.tsx";

/** Who asked to be forgotten, by when each must be answered, and the proof. */
export function ErasureRequests() {
  const { t } = useTranslation("bin");
  const { t: common } = useTranslation();
  const [creating, setCreating] = useState(false);
  const pages = usePages<ErasureRequest>(["erasure-requests", "list"], (cursor) =>
    answer(api.GET("/api/v1/erasure-requests", { params: { query: { limit: 50, cursor } } })),
  );
  const create = (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setCreating(true)}>
      {t("requests.new")}
    </Button>
  );
  return (
    <Stack>
      <Group justify="space-between">
        <Text size="sm" c="dimmed">
          {t("requests.hint")}
        </Text>
        {pages.items.length > 0 && create}
      </Group>
      {pages.error ? (
        <Failure error={pages.error} retry={pages.refetch} />
      ) : pages.isPending ? (
        <Loading />
      ) : pages.items.length === 0 ? (
        <Empty title={t("requests.empty")} actions={create}>
          {t("requests.emptyHint")}
        </Empty>
      ) : (
        pages.items.map((request) => (
          <Card key={request.id} withBorder padding="sm">
            <RequestCard request={request} />
          </Card>
        ))
      )}
      {pages.hasMore && (
        <Button variant="default" onClick={pages.fetchMore} loading={pages.isFetchingMore}>
          {common("more")}
        </Button>
      )}
      {creating && <NewRequestDialog onClose={() => setCreating(false)} />}
    </Stack>
  );
}
