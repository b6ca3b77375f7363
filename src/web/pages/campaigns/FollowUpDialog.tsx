import { Alert, Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAct } from "../../api/act.ts";
import { answer, api } from "../../api/client.ts";
import { ApiError } from "../../api/error.ts";
import { useMay } from "../../app/session.tsx";
import { useWhyNot } from "../../components/May.tsx";
import { Moment } from "../../components/Moment.tsx";
import { nameOf } from "../../components/naming.ts";
import { useRefusalName } from "../../components/refusals.ts";
import { useErrorText } from "../../components/use-error-text.ts";
import type { Campaign, FollowUpState, Prospect } from "./types.ts";

interface FollowUpDialogProps {
  campaign: Campaign;
  prospect: Prospect;
  onClose: () => void;
}

type Verb = "pause" | "continue" | "restart" | "removal";

/** In which states each verb does anything; the API refuses the rest. */
const fits: Readonly<Record<Verb, readonly FollowUpState[]>> = {
  pause: ["active"],
  continue: ["paused", "stopped", "replied"],
  restart: ["active", "paused", "finished", "stopped", "replied"],
  removal: ["active", "paused", "finished", "stopped", "replied"],
};
const verbs = ["pause", "continue", "restart", "removal"] as const;

/** One contact's sequence: where it stands, and the four things that can be done to it. */
export function FollowUpDialog({ campaign, prospect, onClose }: FollowUpDialogProps) {
  const { t } = useTranslation("campaigns");
  const may = useMay();
  const whyNot = useWhyNot()("contacts.edit");
  const errorText = useErrorText();
  const refusalName = useRefusalName();
  const [verb, setVerb] = useState<Verb | null>(null);
  const followUp = prospect.follow_up;
  const act = useAct<unknown, Verb>({
    act: (asked) =>
      answer(
        api.POST(`/api/v1/follow-ups/{id}/${asked}`, {
          params: { path: { id: followUp?.id ?? "" } },
        }),
      ),
    changes: [["campaigns", campaign.id], ["contacts"]],
    ownError: true,
    done: (_, asked) => t(`verb.${asked}Done`),
    onDone: onClose,
  });
  if (!followUp) return null;
  const stopped = prospect.refusals.length > 0;
  return (
    <Modal
      opened
      onClose={onClose}
      title={`${t("prospects.followUp")}: ${nameOf(prospect.contact)}`}
      size="lg"
    >
      <Stack>
        <div>
          <Text>
            <b>{t(`followUp.${followUp.state}`)}</b>
            {followUp.because ? `: ${followUp.because}` : ""}
          </Text>
          {followUp.state === "active" && (
            <Text size="sm">
              {t("step", { number: followUp.next_step + 1 })},{" "}
              {followUp.due_at ? <Moment at={followUp.due_at} /> : t("prospects.queued")}
            </Text>
          )}
          {stopped && (
            <Text size="sm" c="var(--heed-red)">
              {t("followUpStopped", {
                reasons: prospect.refusals.map(refusalName).join(", "),
              })}
            </Text>
          )}
        </div>
        {act.error && (
          <Alert color="red" role="alert" title={t(`verb.${act.variables ?? "pause"}`)}>
            {errorText(act.error)}
            {act.error instanceof ApiError && act.error.code === "contact_stopped" && (
              <Text size="sm">{t("followUpLift")}</Text>
            )}
          </Alert>
        )}
        {verbs
          .filter((each) => fits[each].includes(followUp.state))
          .map((each) => {
            const needsEdit = each === "continue" || each === "restart";
            const refused = needsEdit && !may("contacts.edit");
            return (
              <Group key={each} justify="space-between" gap="sm">
                <Text size="sm" style={{ flex: "1 1 220px" }}>
                  {t(`verb.${each}Hint`)}
                  {refused && (
                    <Text span size="sm" c="dimmed">
                      {" "}
                      {whyNot}
                    </Text>
                  )}
                </Text>
                <Button
                  variant="default"
                  miw={180}
                  disabled={refused}
                  loading={act.isPending && verb === each}
                  onClick={() => {
                    setVerb(each);
                    act.mutate(each);
                  }}
                >
                  {t(`verb.${each}`)}
                </Button>
              </Group>
            );
          })}
        {followUp.state === "removed" && <Text size="sm">{t("followUpRemoved")}</Text>}
      </Stack>
    </Modal>
  );
}
