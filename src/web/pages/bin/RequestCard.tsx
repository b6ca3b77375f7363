import { Badge, Button, Group, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAct } from "../../api/act.ts";
import { answer, api } from "../../api/client.ts";
import type { ErasureRequest } from "../../api/types.ts";
import { AnchorLink } from "../../components/AnchorLink.tsx";
import { FormDialog } from "../../components/FormDialog.tsx";
import { RemovalDialog } from "../../components/removal/RemovalDialog.tsx";
import { useFormats } from "../../i18n/format.ts";
import { CertificateLinks } from "./CertificateLinks.tsx";

const colors = { open: "gray", due_soon: "yellow", overdue: "red", done: "green" } as const;

/** One request: its deadline, and the ways to answer it. */
export function RequestCard({ request }: { request: ErasureRequest }) {
  const { t } = useTranslation("bin");
  const { day, moment } = useFormats();
  const [act, setAct] = useState<"erase" | "close" | null>(null);
  const close = () => setAct(null);
  const { status } = request;
  return (
    <Group justify="space-between" gap="sm">
      <div>
        <Group gap="xs">
          <Text fw={600}>{request.reference}</Text>
          <Badge
            color={colors[status]}
            variant={status === "overdue" ? "filled" : "outline"}
            tt="none"
            {...(status === "overdue" ? {} : { c: "inherit" })}
          >
            {t(`requests.status.${status}`)}
          </Badge>
        </Group>
        <Text size="sm">
          {t("requests.received", { when: day(request.received_at) })} ·{" "}
          {request.done_at
            ? t("requests.answered", { when: moment(request.done_at) })
            : t("requests.due", { when: day(request.due_at) })}
          {request.address && ` · ${request.address}`}
          {request.contact_id && status !== "done" && (
            <>
              {" · "}
              <AnchorLink
                to="/contacts/$id"
                params={{ id: request.contact_id }}
                size="sm"
                underline="always"
              >
                {t("requests.contact")}
              </AnchorLink>
            </>
          )}
        </Text>
      </div>
      <Group gap="xs">
        {request.deletion_id && status === "done" && <CertificateLinks id={request.deletion_id} />}
        {status !== "done" && (
          <>
            <Button size="compact-sm" variant="default" onClick={() => setAct("close")}>
              {t("requests.close")}
            </Button>
            <Button size="compact-sm" color="red" onClick={() => setAct("erase")}>
              {t("requests.erase")}
            </Button>
          </>
        )}
      </Group>
      {act === "erase" && <EraseRequest request={request} onClose={close} />}
      {act === "close" && <CloseRequest request={request} onClose={close} />}
    </Group>
  );
}

interface DialogProps {
  request: ErasureRequest;
  onClose: () => void;
}

function EraseRequest({ request, onClose }: DialogProps) {
  const { t } = useTranslation("bin");
  const { t: removal } = useTranslation("removal");
  return (
    <RemovalDialog
      title={t("requests.eraseTitle", { reference: request.reference })}
      submit={removal("submitErase")}
      preview={() =>
        answer(
          api.POST("/api/v1/erasure-requests/{id}/preview", {
            params: { path: { id: request.id } },
          }),
        )
      }
      confirm={({ preview, confirm, suppress }) =>
        answer(api.POST("/api/v1/deletions", { body: { token: preview.token, confirm, suppress } }))
      }
      onClose={onClose}
    >
      <Text size="sm">{removal("eraseWarning")}</Text>
    </RemovalDialog>
  );
}

function CloseRequest({ request, onClose }: DialogProps) {
  const { t } = useTranslation("bin");
  const complete = useAct({
    act: () =>
      answer(
        api.POST("/api/v1/erasure-requests/{id}/completion", {
          params: { path: { id: request.id } },
        }),
      ),
    changes: [["erasure-requests"]],
    done: t("requests.closed"),
    ownError: true,
    onDone: onClose,
  });
  return (
    <FormDialog
      opened
      onClose={onClose}
      title={t("requests.close")}
      submit={t("requests.close")}
      pending={complete.isPending}
      error={complete.error}
      onSubmit={() => complete.mutate()}
    >
      <Text size="sm">{t("requests.closeText")}</Text>
    </FormDialog>
  );
}
