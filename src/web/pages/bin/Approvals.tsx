import { Alert, Button, Group, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAct } from "../../api/act.ts";
import { answer, api } from "../../api/client.ts";
import type { Deletion } from "../../api/types.ts";
import { useMe } from "../../app/session.tsx";
import { AnchorLink } from "../../components/AnchorLink.tsx";
import { FormDialog } from "../../components/FormDialog.tsx";
import { JobFormDialog } from "../../components/jobs/JobFormDialog.tsx";
import { useWhyNot } from "../../components/May.tsx";
import { useFormats } from "../../i18n/format.ts";
import { newestDeletions } from "./queries.ts";
import { useDeletionText } from "./use-deletion-text.ts";

/** Large deletions that wait for a second person. */
export function Approvals() {
  const { t } = useTranslation("bin");
  const { data } = useQuery({ ...newestDeletions, refetchInterval: 30_000 });
  const waiting = data?.items.filter((each) => each.state === "awaiting_approval") ?? [];
  if (waiting.length === 0) return null;
  return (
    <Alert color="yellow" title={t("approval.title")} mb="sm" style={{ flexShrink: 0 }}>
      <Stack gap="sm">
        {waiting.map((deletion) => (
          <Approval key={deletion.id} deletion={deletion} />
        ))}
      </Stack>
    </Alert>
  );
}

/** One of them: approve it, or why one may not; withdraw it. */
export function Approval({ deletion }: { deletion: Deletion }) {
  const { t } = useTranslation("bin");
  const { moment } = useFormats();
  const me = useMe();
  const whyNot = useWhyNot();
  const text = useDeletionText();
  const [asking, setAsking] = useState<"approve" | "withdraw" | null>(null);
  const needed = deletion.mode === "erase" ? "contacts.erase" : "contacts.delete";
  const why = deletion.requested_by === me.user.id ? t("approval.own") : whyNot(needed);
  const path = { params: { path: { id: deletion.id } } };
  const what = text.what(deletion);
  const withdraw = useAct({
    act: () => answer(api.DELETE("/api/v1/deletions/{id}/approval", path)),
    changes: [["deletions"]],
    done: t("approval.withdrawn"),
    ownError: true,
    onDone: () => setAsking(null),
  });
  return (
    <Group justify="space-between" gap="xs">
      <div>
        <AnchorLink
          to="/bin/$id"
          params={{ id: deletion.id }}
          size="sm"
          fw={600}
          c="inherit"
          underline="always"
        >
          {what}
        </AnchorLink>
        <Text size="sm">
          {t("approval.asked", { who: text.who(deletion.requested_by) })}{" "}
          {deletion.expires_at && t("approval.lapses", { when: moment(deletion.expires_at) })}
        </Text>
        {why && <Text size="sm">{why}</Text>}
      </div>
      <Group gap="xs">
        {whyNot("contacts.delete") === undefined && (
          <Button size="compact-sm" variant="default" onClick={() => setAsking("withdraw")}>
            {t("approval.withdraw")}
          </Button>
        )}
        {!why && (
          <Button size="compact-sm" color="red" onClick={() => setAsking("approve")}>
            {t("approval.approve")}
          </Button>
        )}
      </Group>
      {asking === "approve" && (
        <JobFormDialog
          title={t("approval.approveTitle")}
          submit={t("approval.approve")}
          danger
          run={async () => {
            const { job_id } = await answer(api.POST("/api/v1/deletions/{id}/approval", path));
            return { job_id: job_id ?? "" };
          }}
          onClose={() => setAsking(null)}
        >
          <Text size="sm">{what}</Text>
          <Text size="sm">{t("approval.text")}</Text>
        </JobFormDialog>
      )}
      {asking === "withdraw" && (
        <FormDialog
          opened
          onClose={() => setAsking(null)}
          title={t("approval.withdraw")}
          submit={t("approval.withdraw")}
          pending={withdraw.isPending}
          error={withdraw.error}
          onSubmit={() => withdraw.mutate()}
        >
          <Text size="sm">{t("approval.withdrawText")}</Text>
        </FormDialog>
      )}
    </Group>
  );
}
