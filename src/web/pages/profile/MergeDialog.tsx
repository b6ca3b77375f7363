import { List, Radio, Stack, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAct } from "../../api/act.ts";
import { answer, api } from "../../api/client.ts";
import type { Answer, Contact } from "../../api/types.ts";
import { ContactChoice } from "../../components/ContactChoice.tsx";
import { FormDialog } from "../../components/FormDialog.tsx";
import { nameOf } from "../../components/naming.ts";
import { Loaded } from "../../components/PageState.tsx";
import { useFormats } from "../../i18n/format.ts";
import { contactQuery } from "./queries.ts";
import { useEffectName } from "./use-effect-name.ts";

/** Finds the other contact, shows what merging the two would do, and merges the one into the other. */
export function MergeDialog({ contact, onClose }: { contact: Contact; onClose: () => void }) {
  const { t } = useTranslation("profileMenu");
  const navigate = useNavigate();
  const [otherId, setOtherId] = useState<string | null>(null);
  const [winner, setWinner] = useState<"this" | "other">("this");
  const other = useQuery({ ...contactQuery(otherId ?? ""), enabled: otherId !== null });
  const winnerId = winner === "this" ? contact.id : (otherId ?? "");
  const loserId = winner === "this" ? (otherId ?? "") : contact.id;
  const request = { params: { path: { id: winnerId } }, body: { with: loserId } };
  const preview = useQuery({
    queryKey: ["contacts", winnerId, "merge-preview", loserId],
    queryFn: () => answer(api.POST("/api/v1/contacts/{id}/merge-preview", request)),
    enabled: otherId !== null && otherId !== contact.id,
    retry: false,
  });
  const merge = useAct({
    act: () => answer(api.POST("/api/v1/contacts/{id}/merge", request)),
    changes: [["contacts"], ["lists"], ["campaigns"], ["ledger"]],
    done: ({ contact: merged }) => t("merge.done", { name: nameOf(merged) }),
    ownError: true,
    onDone: () => {
      onClose();
      if (winner === "other") void navigate({ to: "/contacts/$id", params: { id: winnerId } });
    },
  });
  const same = otherId === contact.id;
  return (
    <FormDialog
      opened
      onClose={onClose}
      title={t("merge.title", { name: nameOf(contact) })}
      submit={t("merge.submit")}
      size="lg"
      disabled={!preview.data || same}
      pending={merge.isPending}
      error={merge.error}
      onSubmit={() => merge.mutate()}
    >
      <ContactChoice
        label={t("merge.other")}
        placeholder={t("merge.otherHint")}
        nothingFound={t("merge.nobody")}
        value={otherId}
        onChange={setOtherId}
      />
      {same && <Text size="sm">{t("merge.same")}</Text>}
      {otherId !== null && !same && other.data && (
        <>
          <Radio.Group
            label={t("merge.winner")}
            description={t("merge.winnerHint")}
            value={winner}
            onChange={(value) => setWinner(value === "other" ? "other" : "this")}
          >
            <Stack gap="xs" mt="xs">
              <Radio value="this" label={lineOf(contact)} />
              <Radio value="other" label={lineOf(other.data)} />
            </Stack>
          </Radio.Group>
          <Loaded query={preview}>{(merged) => <MergePreview merged={merged} />}</Loaded>
        </>
      )}
    </FormDialog>
  );
}

function MergePreview({
  merged,
}: {
  merged: Answer<"/api/v1/contacts/{id}/merge-preview", "post">;
}) {
  const { t } = useTranslation("profileMenu");
  const { number, moment } = useFormats();
  const effectName = useEffectName();
  const effects = Object.entries(merged.effects).filter(([, count]) => count > 0);
  return (
    <div>
      <Title order={3} size="sm" mb={4}>
        {t("merge.result")}
      </Title>
      <List size="sm" spacing={2}>
        <List.Item>{lineOf(merged.contact)}</List.Item>
        {merged.filled.length > 0 && (
          <List.Item>
            {t("merge.filled", { fields: merged.filled.map(plain).join(", ") })}
          </List.Item>
        )}
        {effects.map(([name, count]) => (
          <List.Item key={name}>{`${effectName(name)}: ${number(count)}`}</List.Item>
        ))}
        <List.Item>{t("merge.stops")}</List.Item>
      </List>
      <Text size="sm" fw={600} mt="xs">
        {t("merge.until", { when: moment(merged.until) })}
      </Text>
    </div>
  );
}

function plain(field: string): string {
  return field.replace(/^attributes\./, "").replaceAll("_", " ");
}

function lineOf(contact: Contact): string {
  const name = nameOf(contact);
  return [...new Set([name, contact.email, contact.phone, contact.company])]
    .filter(Boolean)
    .join(" · ");
}
