import { Button, Group, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useTranslation } from "react-i18next";
import type { Refusal, StopRecord } from "../../api/types.ts";
import { useActorName } from "../../components/ActorName.tsx";
import { LiftDialog } from "../../components/LiftDialog.tsx";
import { useMayLift } from "../../components/lifting.ts";
import { capital } from "../../components/naming.ts";
import { useRefusalName } from "../../components/refusals.ts";
import { useFormats } from "../../i18n/format.ts";
import { useSaid } from "../../i18n/said.ts";
import { changedByStops } from "./queries.ts";

interface RefusalItemProps {
  refusal: Refusal;
  /** The stop behind it, where there is one. */
  stop: StopRecord | undefined;
}

/** One reason why we may not write: what, why, since when, by whom, what would end it. */
export function RefusalItem({ refusal, stop }: RefusalItemProps) {
  const { t } = useTranslation("profile");
  const { moment } = useFormats();
  const said = useSaid();
  const refusalName = useRefusalName();
  const actorName = useActorName();
  const mayLift = useMayLift();
  const [lifting, { open, close }] = useDisclosure();
  const facts = [
    refusal.since && t("channels.since", { when: moment(refusal.since) }),
    stop && t("channels.by", { who: actorName(stop.actor) }),
  ].filter(Boolean);
  const name = refusalName(refusal.code);
  return (
    <li data-absent={refusal.code === "no_address" || undefined}>
      <Group justify="space-between" align="flex-start" gap="xs">
        <div>
          {refusal.code !== "no_address" && (
            <Text size="sm">
              <b>{capital(name)}</b>
              {refusal.because && `: ${said(refusal.because)}`}
            </Text>
          )}
          {facts.length > 0 && (
            <Text size="sm" c="dimmed">
              {facts.join(", ")}
            </Text>
          )}
          <Text size="sm" c="dimmed">
            {said(refusal.how)}. {t("channels.whoMay", { who: said(refusal.who_may_lift) })}.
          </Text>
        </div>
        {stop && mayLift(stop) && stop.kind !== "deactivation" && (
          <Button size="compact-sm" variant="default" onClick={open}>
            {t("channels.lift")}
          </Button>
        )}
      </Group>
      {lifting && stop && <LiftDialog stop={stop} changes={changedByStops} onClose={close} />}
    </li>
  );
}
