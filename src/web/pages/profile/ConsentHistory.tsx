import { Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Consents } from "../../api/types.ts";
import { useActorName } from "../../components/ActorName.tsx";
import classes from "../../components/StopList.module.css";
import { useFormats } from "../../i18n/format.ts";
import { consentWords } from "./consent-words.ts";

type Source = keyof typeof consentWords.en.source;
const isSource = (code: string): code is Source => code in consentWords.en.source;

/** Every opt-in and opt-out, newest first: how it came, by whom, and the words that prove it. */
export function ConsentHistory({ consents }: { consents: Pick<Consents, "items" | "history"> }) {
  const { t } = useTranslation("consents");
  const { t: common } = useTranslation();
  const { moment } = useFormats();
  const actorName = useActorName();
  const topics = new Map(consents.items.map((item) => [item.topic_id, item.name]));
  if (consents.history.length === 0) return <Text size="sm">{t("noHistory")}</Text>;
  return (
    <ul className={classes.stops}>
      {consents.history.map((event) => {
        const topic =
          event.topic_id === null
            ? t("everyTopic")
            : (topics.get(event.topic_id) ?? t("otherTopic"));
        const words = event.evidence.note ?? event.evidence.wording;
        return (
          <li key={event.id} data-standing={event.state === "opted_out" || undefined}>
            <Text size="sm" style={{ overflowWrap: "anywhere" }}>
              <b>{t(`state.${event.state}`)}</b> · {topic} · {common(`channel.${event.channel}`)}
              {event.expires_at && ` · ${t("until", { when: moment(event.expires_at) })}`}
            </Text>
            {typeof words === "string" && (
              <Text size="sm" style={{ overflowWrap: "anywhere" }}>
                {t("evidence", { text: words })}
              </Text>
            )}
            <Text size="sm" c="dimmed">
              {moment(event.at)} · {actorName(event.actor)} ·{" "}
              {isSource(event.source) ? t(`source.${event.source}`) : event.source}
            </Text>
          </li>
        );
      })}
    </ul>
  );
}
