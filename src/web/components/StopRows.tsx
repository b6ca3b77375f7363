import { Button, Table } from "@mantine/core";
import type { QueryKey } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { StopRecord } from "../api/types.ts";
import { useFormats } from "../i18n/format.ts";
import { useSaid } from "../i18n/said.ts";
import { useActorName } from "./ActorName.tsx";
import { LiftDialog } from "./LiftDialog.tsx";
import { useMayLift } from "./lifting.ts";
import { useStopScope } from "./stop-words.ts";

/** A person's stops, newest first, each with who made it, why, and whether it stands or who lifted it. */
export function StopRows({ stops, changes }: { stops: readonly StopRecord[]; changes: readonly QueryKey[] }) {
  const { t } = useTranslation("profile");
  const { moment } = useFormats();
  const said = useSaid();
  const actorName = useActorName();
  const scope = useStopScope();
  const mayLift = useMayLift();
  const [lifting, setLifting] = useState<StopRecord | null>(null);
  return (
    <>
      <Table verticalSpacing="xs">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t("stops.kind")}</Table.Th>
            <Table.Th>{t("stops.scope")}</Table.Th>
            <Table.Th>{t("stops.made")}</Table.Th>
            <Table.Th>{t("stops.because")}</Table.Th>
            <Table.Th>{t("stops.state")}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {stops.map((stop) => (
            <Table.Tr key={stop.id}>
              <Table.Td>{t(`stops.kinds.${stop.kind}`)}</Table.Td>
              <Table.Td style={{ overflowWrap: "anywhere" }}>{scope(stop)}</Table.Td>
              <Table.Td>
                {moment(stop.made_at)}
                <br />
                {actorName(stop.actor)}
              </Table.Td>
              <Table.Td>{said(stop.because)}</Table.Td>
              <Table.Td>
                {stop.lift ? (
                  <>
                    {t("stops.lifted", { when: moment(stop.lift.at), who: actorName(stop.lift.actor) })}
                    {stop.lift.authorization && (
                      <>
                        <br />“{stop.lift.authorization}”
                      </>
                    )}
                  </>
                ) : (
                  <>
                    <b>{t("stops.standing")}</b>{" "}
                    {mayLift(stop) && stop.kind !== "deactivation" && (
                      <Button size="compact-xs" variant="default" onClick={() => setLifting(stop)}>
                        {t("channels.lift")}
                      </Button>
                    )}
                  </>
                )}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {lifting && <LiftDialog stop={lifting} changes={changes} onClose={() => setLifting(null)} />}
    </>
  );
}
