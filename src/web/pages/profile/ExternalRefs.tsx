import { Alert, Button, Group, Stack, Text } from "@mantine/core";
import { IconLock } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAct } from "../../api/act.ts";
import { answer, api } from "../../api/client.ts";
import { FormDialog } from "../../components/FormDialog.tsx";
import { May } from "../../components/May.tsx";

/** Says which external system owns the contact and so keeps it from being deleted, and the way out. */
export function ExternalRefs({ contactId }: { contactId: string }) {
  const { t } = useTranslation("profileMenu");
  const [ending, setEnding] = useState<string | null>(null);
  const { data } = useQuery({
    queryKey: ["contacts", contactId, "external-refs"],
    queryFn: () =>
      answer(
        api.GET("/api/v1/contacts/{id}/external-refs", { params: { path: { id: contactId } } }),
      ),
  });
  const locked = data?.items.filter((ref) => ref.deletion === "locked") ?? [];
  if (locked.length === 0) return null;
  return (
    <Alert color="gray" icon={<IconLock />} title={t("locked.title")}>
      <Stack gap="xs">
        <Text size="sm">{t("locked.text")}</Text>
        {locked.map((ref) => (
          <Group key={ref.system} gap="xs">
            <Text size="sm" fw={600}>
              {ref.system}: {ref.external_id}
            </Text>
            <May permission="contacts.edit">
              <Button
                size="compact-sm"
                variant="default"
                onClick={() => setEnding(ref.system)}
                aria-label={`${t("locked.end")}: ${ref.system}`}
              >
                {t("locked.end")}
              </Button>
            </May>
          </Group>
        ))}
      </Stack>
      {ending !== null && (
        <EndLock contactId={contactId} system={ending} onClose={() => setEnding(null)} />
      )}
    </Alert>
  );
}

function EndLock(props: { contactId: string; system: string; onClose: () => void }) {
  const { t } = useTranslation("profileMenu");
  const { contactId, system } = props;
  const end = useAct({
    act: () =>
      answer(
        api.DELETE("/api/v1/contacts/{id}/external-refs/{system}", {
          params: { path: { id: contactId, system } },
        }),
      ),
    changes: [["contacts", contactId], ["ledger"]],
    done: t("locked.ended"),
    ownError: true,
    onDone: props.onClose,
  });
  return (
    <FormDialog
      opened
      onClose={props.onClose}
      title={t("locked.endTitle", { system })}
      submit={t("locked.end")}
      danger
      pending={end.isPending}
      error={end.error}
      onSubmit={() => end.mutate()}
    >
      <Text size="sm">{t("locked.endText", { system })}</Text>
    </FormDialog>
  );
}
