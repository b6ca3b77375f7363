import { Checkbox, ScrollArea, Stack, Text } from "@mantine/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { answer, api } from "../../api/client.ts";
import type { List } from "../../api/types.ts";
import { FormDialog } from "../../components/FormDialog.tsx";
import { nameOf } from "../../components/naming.ts";
import { SearchField } from "../../components/SearchField.tsx";
import { useChangeList } from "./change-list.ts";

const shown = 20;

/** Finds contacts and adds the ticked ones to a list; ticks stay while the search changes. */
export function AddMembersDialog({ list, onClose }: { list: List; onClose: () => void }) {
  const { t } = useTranslation("lists");
  const [q, setQ] = useState("");
  const [ticked, setTicked] = useState<Map<string, string>>(new Map());
  const add = useChangeList(list.id, "add", onClose);
  const { data } = useQuery({
    queryKey: ["contacts", "choice", q],
    queryFn: () =>
      answer(
        api.GET("/api/v1/contacts", {
          params: { query: { limit: shown, sort: "name", ...(q ? { q } : {}) } },
        }),
      ),
    placeholderData: keepPreviousData,
  });
  const toggle = (id: string, name: string) =>
    setTicked((before) => {
      const next = new Map(before);
      if (!next.delete(id)) next.set(id, name);
      return next;
    });
  const found = (data?.items ?? []).map((contact) => ({
    id: contact.id,
    name: nameOf(contact),
    detail: [contact.email ?? contact.phone, contact.company].filter(Boolean).join(" · "),
  }));
  const elsewhere = [...ticked].filter(([id]) => !found.some((each) => each.id === id));
  return (
    <FormDialog
      opened
      onClose={onClose}
      title={t("add.title", { name: list.name })}
      submit={`${t("add.submit")} (${ticked.size})`}
      disabled={ticked.size === 0}
      pending={add.isPending}
      error={add.error}
      onSubmit={() => add.mutate({ ids: [...ticked.keys()] })}
    >
      <SearchField label={t("add.search")} placeholder={t("add.hint")} value={q} onSearch={setQ} />
      <ScrollArea.Autosize mah={320} type="auto" viewportProps={{ tabIndex: 0 }}>
        <Stack gap="xs" p={4}>
          {elsewhere.map(([id, name]) => (
            <Checkbox key={id} label={name} checked onChange={() => toggle(id, name)} />
          ))}
          {found.map(({ id, name, detail }) => (
            <Checkbox
              key={id}
              label={name}
              description={detail}
              checked={ticked.has(id)}
              onChange={() => toggle(id, name)}
            />
          ))}
          {data && found.length === 0 && <Text size="sm">{t("add.nothing")}</Text>}
        </Stack>
      </ScrollArea.Autosize>
      {data?.next_cursor && (
        <Text size="sm" c="dimmed">
          {t("add.more", { shown })}
        </Text>
      )}
    </FormDialog>
  );
}
