import { Anchor, Button, Card, Group, Stack, Text } from "@mantine/core";
import { IconPlayerPause, IconPlayerPlay, IconRefresh } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { useAct } from "../../api/act.ts";
import { answer, api } from "../../api/client.ts";
import { usePages } from "../../api/pages.ts";
import type { FollowUp } from "../../api/types.ts";
import { useWhyNot } from "../../components/May.tsx";
import { Empty, Failure, Loading } from "../../components/PageState.tsx";
import { useFormats } from "../../i18n/format.ts";
import { changedByFollowUps } from "./queries.ts";
import { RemoveFollowUpDialog } from "./RemoveFollowUpDialog.tsx";

/** The sequences that follow up on a contact, with what can be done to each. */
export function FollowUps({ contactId }: { contactId: string }) {
  const { t } = useTranslation("profile");
  const pages = usePages<FollowUp>(["contacts", contactId, "follow-ups"], (cursor) =>
    answer(
      api.GET("/api/v1/contacts/{id}/follow-ups", {
        params: { path: { id: contactId }, query: { limit: 50, cursor } },
      }),
    ),
  );
  if (pages.error) return <Failure error={pages.error} retry={pages.refetch} />;
  if (pages.isPending) return <Loading />;
  if (pages.items.length === 0) {
    return <Empty title={t("followUps.empty")}>{t("followUps.emptyHint")}</Empty>;
  }
  return (
    <Stack gap="sm">
      {pages.items.map((followUp) => (
        <FollowUpCard key={followUp.id} followUp={followUp} />
      ))}
      {pages.hasMore && (
        <Button variant="default" onClick={pages.fetchMore} loading={pages.isFetchingMore}>
          {t("timeline.more")}
        </Button>
      )}
    </Stack>
  );
}

type Verb = "pause" | "continue" | "restart";

/** A lifted stop or an answer starts nothing by itself; a person continues it. */
const mayContinue: readonly FollowUp["state"][] = ["paused", "stopped", "replied"];

function FollowUpCard({ followUp }: { followUp: FollowUp }) {
  const { t } = useTranslation("profile");
  const { moment } = useFormats();
  const whyNot = useWhyNot()("contacts.edit");
  const [removing, setRemoving] = useState(false);
  const change = useAct({
    act: (verb: Verb) => answer(changes[verb](followUp.id)),
    changes: changedByFollowUps,
    done: t("followUps.done"),
  });
  const button = (verb: Verb, icon: ReactNode, refused?: string) => (
    <Button
      size="compact-sm"
      variant="default"
      leftSection={icon}
      title={refused ?? t(`followUps.${verb}Hint`)}
      disabled={refused !== undefined}
      loading={change.isPending && change.variables === verb}
      onClick={() => change.mutate(verb)}
    >
      {t(`followUps.${verb}`)}
    </Button>
  );
  return (
    <Card withBorder>
      <Group justify="space-between" align="flex-start">
        <div>
          <Anchor component={Link} to={`/campaigns/${followUp.campaign_id}`} fw={600}>
            {followUp.campaign_name}
          </Anchor>
          <Text size="sm">{t(`followUps.state.${followUp.state}`)}</Text>
          <Text size="sm" c="dimmed">
            {[
              t("followUps.progress", {
                next: Math.min(followUp.next_step + 1, followUp.steps),
                steps: followUp.steps,
              }),
              followUp.round > 1 && t("followUps.round", { round: followUp.round }),
              followUp.due_at && t("followUps.due", { when: moment(followUp.due_at) }),
            ]
              .filter(Boolean)
              .join(" · ")}
          </Text>
        </div>
        <Group gap="xs">
          {followUp.state === "active" && button("pause", <IconPlayerPause size={14} />)}
          {mayContinue.includes(followUp.state) &&
            button("continue", <IconPlayerPlay size={14} />, whyNot)}
          {followUp.state !== "removed" && button("restart", <IconRefresh size={14} />, whyNot)}
        </Group>
      </Group>
      {followUp.state !== "removed" && followUp.state !== "finished" && (
        <Group mt="sm" pt="sm" style={{ borderTop: "1px solid var(--heed-line)" }} gap="sm">
          <Button
            size="compact-sm"
            variant="outline"
            color="gray"
            c="inherit"
            onClick={() => setRemoving(true)}
          >
            {t("followUps.remove")}
          </Button>
          <Text size="xs" c="dimmed" flex={1} miw={220}>
            {t("followUps.notAStop")}
          </Text>
        </Group>
      )}
      {removing && <RemoveFollowUpDialog followUp={followUp} onClose={() => setRemoving(false)} />}
    </Card>
  );
}

const changes = {
  pause: (id: string) => api.POST("/api/v1/follow-ups/{id}/pause", { params: { path: { id } } }),
  continue: (id: string) =>
    api.POST("/api/v1/follow-ups/{id}/continue", { params: { path: { id } } }),
  restart: (id: string) =>
    api.POST("/api/v1/follow-ups/{id}/restart", { params: { path: { id } } }),
};
