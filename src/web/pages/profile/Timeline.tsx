import { Button, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { answer, api } from "../../api/client.ts";
import { usePages } from "../../api/pages.ts";
import type { TimelineItem } from "../../api/types.ts";
import { ActorName } from "../../components/ActorName.tsx";
import { Moment } from "../../components/Moment.tsx";
import { Failure, Loading } from "../../components/PageState.tsx";
import classes from "./Profile.module.css";
import { useTimelineText } from "./use-timeline-text.ts";

/** Everything that happened to a contact, newest first. */
export function Timeline({ contactId }: { contactId: string }) {
  const { t } = useTranslation("profile");
  const timelineText = useTimelineText();
  const pages = usePages<TimelineItem>(["contacts", contactId, "timeline"], (cursor) =>
    answer(
      api.GET("/api/v1/contacts/{id}/timeline", {
        params: { path: { id: contactId }, query: { limit: 50, cursor } },
      }),
    ),
  );
  if (pages.error) return <Failure error={pages.error} retry={pages.refetch} />;
  if (pages.isPending) return <Loading />;
  if (pages.items.length === 0) return <Text>{t("timeline.empty")}</Text>;
  return (
    <>
      <ol className={classes.timeline}>
        {pages.items.map((item) => {
          const { title, detail, tone } = timelineText(item);
          return (
            <li key={item.id} data-tone={tone}>
              <Text size="sm" fw={600}>
                {title}
              </Text>
              {detail && <Text size="sm">{detail}</Text>}
              <Text size="xs" c="dimmed">
                <Moment at={item.at} /> · <ActorName actor={item.actor} />
                {item.ledger_entry_id !== null &&
                  ` · ${item.block_number === null ? t("timeline.unsealed") : t("timeline.inLedger", { block: item.block_number })}`}
              </Text>
            </li>
          );
        })}
      </ol>
      {pages.hasMore && (
        <Button variant="default" onClick={pages.fetchMore} loading={pages.isFetchingMore}>
          {t("timeline.more")}
        </Button>
      )}
    </>
  );
}
