import { Button, Group, Text } from "@mantine/core";
import type { QueryKey } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { StopRecord } from "../api/types.ts";
import { useFormats } from "../i18n/format.ts";
import { useSaid } from "../i18n/said.ts";
import { useActorName } from "./ActorName.tsx";
import { LiftDialog } from "./LiftDialog.tsx";
import { type LiftableStop, useMayLift } from "./lifting.ts";
import classes from "./StopList.module.css";
import { useStopScope } from "./stop-words.ts";

interface StopListProps {
  stops: readonly (StopRecord & LiftableStop)[];
  /** What a lift may change. */
  changes: readonly QueryKey[];
}

/** Stops, newest first: who made each, when and why, and whether it stands or who lifted it. */
export function StopList({ stops, changes }: StopListProps) {
  const [lifting, setLifting] = useState<(StopRecord & LiftableStop) | null>(null);
  return (
    <>
      <ul className={classes.stops}>
        {stops.map((stop) => (
          <StopItem key={stop.id} stop={stop} onLift={() => setLifting(stop)} />
        ))}
      </ul>
      {lifting && <LiftDialog stop={lifting} changes={changes} onClose={() => setLifting(null)} />}
    </>
  );
}

function StopItem({ stop, onLift }: { stop: StopRecord & LiftableStop; onLift: () => void }) {
  const { t } = useTranslation("profile");
  const { moment } = useFormats();
  const said = useSaid();
  const actorName = useActorName();
  const scope = useStopScope();
  const mayLift = useMayLift();
  return (
    <li data-standing={stop.standing || undefined}>
      <Group justify="space-between" align="flex-start" gap="xs" wrap="nowrap">
        <div>
          <Text size="sm" style={{ overflowWrap: "anywhere" }}>
            <b>{t(`stops.kinds.${stop.kind}`)}</b> · {scope(stop)}
          </Text>
          {stop.because && <Text size="sm">{said(stop.because)}</Text>}
          <Text size="sm" c="dimmed">
            {moment(stop.made_at)} · {actorName(stop.actor)}
          </Text>
          {stop.lift ? (
            <Text size="sm">
              {t("stops.lifted", { when: moment(stop.lift.at), who: actorName(stop.lift.actor) })}
              {stop.lift.authorization && `: “${stop.lift.authorization}”`}
            </Text>
          ) : (
            <Text size="sm" c="dimmed">
              {t("stops.standing")}
              {stop.how && `. ${said(stop.how)}`}
              {stop.who_may_lift && `. ${t("channels.whoMay", { who: said(stop.who_may_lift) })}`}
            </Text>
          )}
        </div>
        {mayLift(stop) && stop.kind !== "deactivation" && (
          <Button size="compact-sm" variant="default" onClick={onLift}>
            {t("channels.lift")}
          </Button>
        )}
      </Group>
    </li>
  );
}
