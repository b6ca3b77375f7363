import { Alert, Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconPlus, IconServer } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { answer, api } from "../../../api/client.ts";
import { useMay } from "../../../app/session.tsx";
import { May } from "../../../components/May.tsx";
import { Page } from "../../../components/Page.tsx";
import { Empty, Loaded } from "../../../components/PageState.tsx";
import { NotAllowed } from "../NotAllowed.tsx";
import { MailboxCard } from "./MailboxCard.tsx";
import { NewMailboxDialog } from "./NewMailboxDialog.tsx";
import { RemoveMailboxDialog } from "./RemoveMailboxDialog.tsx";
import type { Mailbox } from "./types.ts";

/** Where mail is read from: mailboxes by IMAP, and how to hand it in directly. */
export function MailboxesPage() {
  const { t } = useTranslation("mailboxes");
  const { t: settings } = useTranslation("settings");
  const may = useMay();
  const [adding, { open, close }] = useDisclosure();
  const [removing, setRemoving] = useState<Mailbox | null>(null);
  const query = useQuery({
    queryKey: ["mailboxes"],
    queryFn: () => answer(api.GET("/api/v1/mailboxes")),
    enabled: may("accounts.edit"),
    refetchInterval: 30_000,
  });
  return (
    <Page
      title={settings("mailboxes.title")}
      description={t("description")}
      actions={
        <May permission="accounts.edit">
          <Button leftSection={<IconPlus size={16} />} onClick={open}>
            {t("add")}
          </Button>
        </May>
      }
    >
      <NotAllowed permission="accounts.edit" />
      <May permission="accounts.edit">
        <Loaded query={query}>
          {({ items }) =>
            items.length === 0 ? (
              <Empty title={t("empty")}>{t("emptyHint")}</Empty>
            ) : (
              items.map((mailbox) => (
                <MailboxCard
                  key={mailbox.id}
                  mailbox={mailbox}
                  onRemove={() => setRemoving(mailbox)}
                />
              ))
            )
          }
        </Loaded>
      </May>
      <Alert
        color="gray"
        variant="default"
        icon={<IconServer />}
        title={t("listener")}
        mt="md"
        maw={760}
      >
        {t("listenerHint")}
      </Alert>
      {adding && <NewMailboxDialog onClose={close} />}
      {removing && <RemoveMailboxDialog mailbox={removing} onClose={() => setRemoving(null)} />}
    </Page>
  );
}
