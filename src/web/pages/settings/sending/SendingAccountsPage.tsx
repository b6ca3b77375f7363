import { Button, Checkbox, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconPlus } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { answer, api } from "../../../api/client.ts";
import { usePages } from "../../../api/pages.ts";
import { May } from "../../../components/May.tsx";
import { Page } from "../../../components/Page.tsx";
import { Failure, Loading } from "../../../components/PageState.tsx";
import { NotAllowed } from "../NotAllowed.tsx";
import { AccountCard } from "./AccountCard.tsx";
import { AccountDialog } from "./AccountDialog.tsx";
import { ArchiveDialog } from "./ArchiveDialog.tsx";
import { DkimDialog } from "./DkimDialog.tsx";
import type { Account } from "./types.ts";

/** What mail goes out by: the sink, which keeps it, and servers that send it. */
export function SendingAccountsPage() {
  const { t } = useTranslation("settings");
  const [adding, { open, close }] = useDisclosure();
  const [archived, setArchived] = useState(false);
  const [acting, setActing] = useState<{ on: Account; how: "edit" | "dkim" | "archive" } | null>(
    null,
  );
  const done = () => setActing(null);
  const pages = usePages<Account>(["sending-accounts", "list"], (cursor) =>
    answer(api.GET("/api/v1/sending-accounts", { params: { query: { limit: 100, cursor } } })),
  );
  const hasArchived = pages.items.some((each) => each.archived_at !== null);
  const shown = pages.items.filter((each) => archived || each.archived_at === null);
  return (
    <Page
      title={t("sending.title")}
      description={t("sending.description")}
      actions={
        <May permission="accounts.edit">
          <Button leftSection={<IconPlus size={16} />} onClick={open}>
            {t("sending.add")}
          </Button>
        </May>
      }
    >
      <NotAllowed permission="accounts.edit" />
      {pages.error ? (
        <Failure error={pages.error} retry={pages.refetch} />
      ) : pages.isPending ? (
        <Loading />
      ) : (
        <>
          {pages.items.every((each) => each.provider === "sink") && (
            <Text size="sm" mb="md" maw={760}>
              {t("sending.onlySink")}
            </Text>
          )}
          {shown.map((account) => (
            <AccountCard
              key={account.id}
              account={account}
              onEdit={() => setActing({ on: account, how: "edit" })}
              onDkim={() => setActing({ on: account, how: "dkim" })}
              onArchive={() => setActing({ on: account, how: "archive" })}
            />
          ))}
          {hasArchived && (
            <Checkbox
              label={t("sending.showArchived")}
              checked={archived}
              onChange={(event) => setArchived(event.currentTarget.checked)}
            />
          )}
        </>
      )}
      {adding && <AccountDialog account={null} onClose={close} />}
      {acting?.how === "edit" && <AccountDialog account={acting.on} onClose={done} />}
      {acting?.how === "dkim" && <DkimDialog account={acting.on} onClose={done} />}
      {acting?.how === "archive" && <ArchiveDialog account={acting.on} onClose={done} />}
    </Page>
  );
}
