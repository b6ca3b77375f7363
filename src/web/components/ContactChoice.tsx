import { Select, type SelectProps } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { answer, api } from "../api/client.ts";
import { nameOf } from "./naming.ts";

interface ContactChoiceProps
  extends Pick<SelectProps, "description" | "placeholder" | "w" | "error"> {
  value: string | null;
  onChange: (id: string | null) => void;
  label: string;
  /** Told when nobody matches. */
  nothingFound: string;
}

/** Picks one contact by name or address; finds among any number of them. */
export function ContactChoice({ value, onChange, nothingFound, ...rest }: ContactChoiceProps) {
  const [typed, setTyped] = useState("");
  const [q] = useDebouncedValue(typed.trim(), 250);
  const names = useRef(new Map<string, string>());
  const picked = value === null ? undefined : names.current.get(value);
  const asked = q === picked ? "" : q;
  const { data } = useQuery({
    queryKey: ["contacts", "choice", asked],
    queryFn: () =>
      answer(
        api.GET("/api/v1/contacts", { params: { query: { limit: 20, q: asked || undefined } } }),
      ),
    placeholderData: (before) => before,
  });
  const shown = (data?.items ?? []).map((contact) => {
    const name = nameOf(contact);
    const label = contact.email && contact.email !== name ? `${name} (${contact.email})` : name;
    names.current.set(contact.id, label);
    return { value: contact.id, label };
  });
  if (value !== null && !shown.some((each) => each.value === value)) {
    shown.unshift({ value, label: picked ?? value });
  }
  return (
    <Select
      {...rest}
      data={shown}
      value={value}
      onChange={onChange}
      searchable
      clearable
      onSearchChange={setTyped}
      // The server has searched already.
      filter={({ options }) => options}
      nothingFoundMessage={nothingFound}
    />
  );
}
