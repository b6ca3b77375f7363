import { TextInput, type TextInputProps } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";

interface SearchFieldProps extends Pick<TextInputProps, "w" | "placeholder"> {
  label: string;
  /** What is searched for now; it may change from outside. */
  value: string;
  /** Told a moment after the typing stops. */
  onSearch: (q: string) => void;
}

/** A search field that asks when the typing pauses, or at once on Enter. */
export function SearchField({ label, value, onSearch, ...rest }: SearchFieldProps) {
  const [typed, setTyped] = useState(value);
  const asked = useRef(value);
  useEffect(() => {
    if (value !== asked.current) {
      asked.current = value;
      setTyped(value);
    }
  }, [value]);
  const ask = (q: string) => {
    asked.current = q.trim();
    onSearch(q.trim());
  };
  const later = useDebouncedCallback(ask, 250);
  return (
    <TextInput
      {...rest}
      type="search"
      aria-label={label}
      leftSection={<IconSearch size={16} aria-hidden />}
      value={typed}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        later(event.currentTarget.value);
      }}
      onKeyDown={(event) => {
        if (event.key === "Enter") ask(typed);
      }}
    />
  );
}
