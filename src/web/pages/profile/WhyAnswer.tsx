import { Alert, List, Text, Title } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Why } from "../../api/types.ts";
import { useActorName } from "../../components/ActorName.tsx";
import { capital } from "../../components/naming.ts";
import { useRefusalName } from "../../components/refusals.ts";
import { useFormats } from "../../i18n/format.ts";
import { useSaid } from "../../i18n/said.ts";
import classes from "./Profile.module.css";

/** The answer, what stood against writing, and the messages around the moment. */
export function WhyAnswer({ why }: { why: Why }) {
  const { t } = useTranslation("profile");
  const { moment } = useFormats();
  return (
    <>
      <Alert
        color={why.eligible ? "green" : "red"}
        title={`${moment(why.at)}: ${why.eligible ? t("why.mayHave") : t("why.mayNotHave")}`}
      >
        <Text size="sm" style={{ overflowWrap: "anywhere" }}>
          {why.answer}
        </Text>
      </Alert>
      {why.refusals.length > 0 && (
        <>
          <Title order={3} size="sm" mt="md">
            {t("why.stoppedBy")}
          </Title>
          <ul className={classes.refusals}>
            {why.refusals.map((refusal) => (
              <PastRefusal key={`${refusal.code} ${refusal.stop_id}`} refusal={refusal} />
            ))}
          </ul>
        </>
      )}
      <Title order={3} size="sm" mt="md">
        {t("why.messages")}
      </Title>
      {why.messages.length === 0 ? (
        <Text size="sm">{t("why.noMessages")}</Text>
      ) : (
        <List size="sm">
          {why.messages.map((message) => (
            <List.Item key={message.id}>
              {[
                t(`message.${message.state}`),
                message.address,
                message.claimed_at && t("why.claimed", { when: moment(message.claimed_at) }),
                message.finished_at && t("why.ended", { when: moment(message.finished_at) }),
                message.because,
              ]
                .filter(Boolean)
                .join(" · ")}
            </List.Item>
          ))}
        </List>
      )}
      {why.caveats.length > 0 && (
        <Alert color="yellow" title={t("why.caveats")} mt="md">
          {why.caveats.join(" ")}
        </Alert>
      )}
    </>
  );
}

function PastRefusal({ refusal }: { refusal: Why["refusals"][number] }) {
  const { t } = useTranslation("profile");
  const { moment } = useFormats();
  const said = useSaid();
  const refusalName = useRefusalName();
  const actorName = useActorName();
  const facts = [
    refusal.since && t("why.since", { when: moment(refusal.since) }),
    refusal.actor && t("channels.by", { who: actorName(refusal.actor) }),
    refusal.until && t("why.until", { when: moment(refusal.until) }),
    refusal.basis === "today" && t("why.today"),
    refusal.ledger_entry_id &&
      (refusal.block_number === null
        ? t("why.unsealed")
        : t("why.proof", { block: refusal.block_number })),
  ];
  return (
    <li data-absent={refusal.code === "no_address" || undefined}>
      <b>{capital(refusalName(refusal.code))}</b>
      {refusal.because && `: ${said(refusal.because)}`}
      <Text size="sm" c="dimmed">
        {facts.filter(Boolean).join(" · ")}
      </Text>
    </li>
  );
}
