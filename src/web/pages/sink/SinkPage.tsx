import { Alert, Anchor, Button, Group, Text } from "@mantine/core";
import { IconArrowLeft, IconMailForward } from "@tabler/icons-react";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { answer, api } from "../../api/client.ts";
import { usePages } from "../../api/pages.ts";
import type { Item } from "../../api/types.ts";
import { May } from "../../components/May.tsx";
import { Moment } from "../../components/Moment.tsx";
import { Page } from "../../components/Page.tsx";
import { Empty, Failure, Loading } from "../../components/PageState.tsx";
import { SearchField } from "../../components/SearchField.tsx";
import { KeptMessage } from "./KeptMessage.tsx";
import classes from "./SinkPage.module.css";

const route = getRouteApi("/shell/outgoing-mail");
type Kept = Item<"/api/v1/sink">;

/** The mail that the sink kept instead of sending it: the messages left, the open one right. */
export function SinkPage() {
  const { t } = useTranslation("sink");
  const { to, id } = route.useSearch();
  const navigate = route.useNavigate();
  const pages = usePages<Kept>(
    ["sink", { to }],
    (cursor) => answer(api.GET("/api/v1/sink", { params: { query: { limit: 50, cursor, to } } })),
    { refetchInterval: 10_000 },
  );
  return (
    <Page
      title={t("title")}
      description={
        <>
          {t("description")}{" "}
          <May permission="accounts.edit">
            <Anchor component={Link} to="/settings/sending-accounts" size="sm" underline="always">
              {t("setAccount")}
            </Anchor>
          </May>
        </>
      }
    >
      <Group mb="sm" gap="xs">
        <SearchField
          label={t("search")}
          placeholder={t("searchHint")}
          value={to ?? ""}
          onSearch={(text) => void navigate({ search: text ? { to: text } : {}, replace: true })}
          w={{ base: "100%", xs: 320 }}
        />
        {to && (
          <Button variant="default" onClick={() => void navigate({ search: {} })}>
            {t("showAll")}
          </Button>
        )}
      </Group>
      {pages.error ? (
        <Failure error={pages.error} retry={pages.refetch} />
      ) : pages.isPending ? (
        <Loading />
      ) : pages.items.length === 0 ? (
        <Empty
          icon={<IconMailForward size={40} stroke={1.4} />}
          title={to ? t("none") : t("empty")}
        >
          {to ? t("noneHint") : t("emptyHint")}
        </Empty>
      ) : (
        <div className={classes.panes} data-open={id !== undefined || undefined}>
          <section className={classes.list} aria-label={t("messages")}>
            <ul>
              {pages.items.map((kept) => (
                <li key={kept.id}>
                  <Link
                    to="/outgoing-mail"
                    search={{ ...(to ? { to } : {}), id: kept.id }}
                    className={classes.message}
                    aria-current={kept.id === id ? "true" : undefined}
                  >
                    <span className={classes.to}>{kept.to}</span>
                    <span className={classes.subject}>{kept.subject || t("noSubject")}</span>
                    <span className={classes.at}>
                      <Moment at={kept.received_at} as="ago" />
                    </span>
                  </Link>
                </li>
              ))}
            </ul>
            {pages.hasMore && (
              <Button
                variant="default"
                fullWidth
                loading={pages.isFetchingMore}
                onClick={pages.fetchMore}
              >
                {t("more")}
              </Button>
            )}
          </section>
          <section className={classes.open} aria-label={t("message")}>
            {id ? (
              <>
                <Button
                  className={classes.back}
                  variant="default"
                  size="compact-sm"
                  mb="sm"
                  leftSection={<IconArrowLeft size={14} />}
                  onClick={() => void navigate({ search: to ? { to } : {} })}
                >
                  {t("back")}
                </Button>
                <KeptMessage
                  key={id}
                  id={id}
                  onRecipient={(address) => void navigate({ search: { to: address, id } })}
                />
              </>
            ) : (
              <Alert color="gray" variant="default">
                <Text size="sm">{t("choose")}</Text>
              </Alert>
            )}
          </section>
        </div>
      )}
    </Page>
  );
}
