import { Select } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { answer, api } from "../api/client.ts";

interface ListChoiceProps {
  value: string | null;
  onChange: (id: string | null) => void;
  label: string;
  required?: boolean;
  autoFocus?: boolean;
  /** False inside a popover, which would take a click on a portal for one outside. */
  withinPortal?: boolean;
}

/** Picks a list by its name; finds among any number of them. */
export function ListChoice({
  value,
  onChange,
  label,
  required,
  autoFocus,
  withinPortal = true,
}: ListChoiceProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState("");
  const [q] = useDebouncedValue(typed, 200);
  const found = useQuery({
    queryKey: ["lists", "choice", q],
    queryFn: () =>
      answer(api.GET("/api/v1/lists", { params: { query: { limit: 100, q: q || undefined } } })),
    placeholderData: (before) => before,
  });
  const picked = useQuery({
    queryKey: ["lists", value],
    queryFn: () => answer(api.GET("/api/v1/lists/{id}", { params: { path: { id: value ?? "" } } })),
    enabled: value !== null,
  });
  const lists = new Map(found.data?.items.map((list) => [list.id, list.name]));
  if (picked.data && value !== null) lists.set(value, picked.data.name);
  return (
    <Select
      label={label}
      required={required ?? false}
      data-autofocus={autoFocus || undefined}
      data={[...lists].map(([id, name]) => ({ value: id, label: name }))}
      value={value}
      onChange={onChange}
      searchable
      clearable={!required}
      // The server has searched; what was picked must stay although it does not match.
      filter={({ options }) => options}
      onSearchChange={(text) => setTyped(text === picked.data?.name ? "" : text)}
      nothingFoundMessage={t("noList")}
      comboboxProps={{ withinPortal }}
    />
  );
}
