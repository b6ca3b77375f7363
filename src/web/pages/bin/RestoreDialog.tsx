import { Alert, List, Radio, Stack, Text } from "@mantine/core";
import { useQueries, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { answer, api } from "../../api/client.ts";
import type { BinnedContact, Deletion } from "../../api/types.ts";
import { AnchorLink } from "../../components/AnchorLink.tsx";
import { JobFormDialog } from "../../components/jobs/JobFormDialog.tsx";
import { nameOf } from "../../components/naming.ts";
import { Loaded } from "../../components/PageState.tsx";
import { useFormats } from "../../i18n/format.ts";
import { restorationPreview } from "./queries.ts";
import { RestorationEffects } from "./RestorationEffects.tsx";

type OnConflict = "refuse" | "merge";

/** Restores a whole deletion, after what comes back and what not was shown. */
export function RestoreDeletionDialog(props: { deletion: Deletion; onClose: () => void }) {
  const { t } = useTranslation("bin");
  const { deletion } = props;
  const [onConflict, setOnConflict] = useState<OnConflict>("refuse");
  const preview = useQuery(restorationPreview(deletion.id));
  return (
    <JobFormDialog
      title={t("restore.titleAll")}
      submit={t("restore.submitAll")}
      size="lg"
      disabled={!preview.data}
      run={() =>
        answer(
          api.POST("/api/v1/deletions/{id}/restoration", {
            params: { path: { id: deletion.id } },
            body: { on_conflict: onConflict },
          }),
        )
      }
      onClose={props.onClose}
    >
      <Loaded query={preview}>
        {(shown) => (
          <>
            <RestorationEffects preview={shown} />
            {shown.stays_away.address_taken > 0 && (
              <ConflictChoice value={onConflict} onChange={setOnConflict} />
            )}
          </>
        )}
      </Loaded>
    </JobFormDialog>
  );
}

interface RestoreDialogProps {
  contacts: readonly BinnedContact[];
  onClose: () => void;
  onDone: () => void;
}

/** Restores chosen contacts; says which of them another contact stands in the way of. */
export function RestoreDialog({ contacts, onClose, onDone }: RestoreDialogProps) {
  const { t } = useTranslation("bin");
  const { number } = useFormats();
  const [onConflict, setOnConflict] = useState<OnConflict>("refuse");
  const deletions = [...new Set(contacts.map((each) => each.deletion_id))];
  const conflicts = useQueries({
    queries: deletions.map(restorationPreview),
    combine: (previews) =>
      new Map(
        previews.flatMap(({ data }) =>
          (data?.conflicts ?? []).map((each) => [each.contact_id, each.other_contact_id] as const),
        ),
      ),
  });
  const inTheWay = contacts.filter((each) => conflicts.has(each.contact_id));
  const ids = contacts.map((each) => each.contact_id);
  return (
    <JobFormDialog
      title={t("restore.title")}
      submit={t("restore.submit")}
      size="lg"
      run={() =>
        answer(
          api.POST("/api/v1/bin/restoration", {
            body: { selection: { ids }, on_conflict: onConflict },
          }),
        )
      }
      onClose={onClose}
      onStarted={onDone}
    >
      <Text size="sm">
        {t("restore.text", { count: contacts.length, formatted: number(contacts.length) })}
      </Text>
      <List size="sm" spacing={2}>
        {contacts.slice(0, 10).map((contact) => (
          <List.Item key={contact.contact_id}>
            {[nameOf(contact), contact.email, contact.phone].filter(Boolean).join(" · ")}
          </List.Item>
        ))}
      </List>
      <Text size="sm">{t("restore.alsoBack")}</Text>
      {inTheWay.length > 0 && (
        <Alert color="yellow">
          <Stack gap={4}>
            <Text size="sm">{t("restore.conflict")}</Text>
            {inTheWay.slice(0, 10).map((contact) => (
              <AnchorLink
                key={contact.contact_id}
                to="/contacts/$id"
                params={{ id: conflicts.get(contact.contact_id) ?? "" }}
                size="sm"
                underline="always"
                c="inherit"
              >
                {nameOf(contact)}
              </AnchorLink>
            ))}
          </Stack>
        </Alert>
      )}
      {inTheWay.length > 0 && <ConflictChoice value={onConflict} onChange={setOnConflict} />}
    </JobFormDialog>
  );
}

interface ConflictChoiceProps {
  value: OnConflict;
  onChange: (value: OnConflict) => void;
}

/** Merge, or leave in the bin; both are never kept. */
function ConflictChoice({ value, onChange }: ConflictChoiceProps) {
  const { t } = useTranslation("bin");
  return (
    <Radio.Group
      label={t("restore.onConflict")}
      value={value}
      onChange={(chosen) => onChange(chosen === "merge" ? "merge" : "refuse")}
    >
      <Stack gap="xs" mt="xs">
        <Radio value="merge" label={t("restore.merge")} description={t("restore.mergeHint")} />
        <Radio value="refuse" label={t("restore.refuse")} />
      </Stack>
    </Radio.Group>
  );
}
