import { MultiSelect } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQueries, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { answer, api } from "../api/client.ts";
import { useFormats } from "../i18n/format.ts";

interface ListsChoiceProps {
  value: string[];
  onChange: (ids: string[]) => void;
  label: string;
  description?: string;
  placeholder?: string;
  error?: string | undefined;
  /** Lists that cannot be chosen here, because they are chosen elsewhere. */
  without?: readonly string[];
}

/** Picks several lists by name, with how many contacts each holds. */
export function ListsChoice({ value, onChange, without = [], ...rest }: ListsChoiceProps) {
  const { t } = useTranslation();
  const { number } = useFormats();
  const [typed, setTyped] = useState("");
  const [q] = useDebouncedValue(typed.trim(), 200);
  const found = useQuery({
    queryKey: ["lists", "choice", q],
    queryFn: () =>
      answer(api.GET("/api/v1/lists", { params: { query: { limit: 100, q: q || undefined } } })),
    placeholderData: (before) => before,
  });
  const picked = useListNames(value);
  const options = new Map<string, string>();
  for (const list of found.data?.items ?? []) {
    if (!without.includes(list.id))
      options.set(list.id, `${list.name} (${number(list.member_count)})`);
  }
  for (const id of value) {
    if (!options.has(id)) options.set(id, picked.get(id) ?? "…");
  }
  return (
    <MultiSelect
      {...rest}
      data={[...options].map(([id, label]) => ({ value: id, label }))}
      value={value}
      onChange={onChange}
      searchable
      clearable
      hidePickedOptions
      onSearchChange={setTyped}
      // The server has searched already.
      filter={({ options: all }) => all}
      nothingFoundMessage={t("noList")}
      clearButtonProps={{ "aria-label": t("clear") }}
    />
  );
}

/** Names of lists by id. */
export function useListNames(ids: readonly string[]): Map<string, string> {
  return useQueries({
    queries: ids.map((id) => ({
      queryKey: ["lists", id],
      queryFn: () => answer(api.GET("/api/v1/lists/{id}", { params: { path: { id } } })),
      staleTime: 60_000,
    })),
    combine: (results) =>
      new Map(results.flatMap(({ data }) => (data ? [[data.id, data.name] as const] : []))),
  });
}
