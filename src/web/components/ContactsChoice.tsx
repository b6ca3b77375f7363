import { CloseButton, Group, Stack, Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { answer, api } from "../api/client.ts";
import { ContactChoice } from "./ContactChoice.tsx";
import { nameOf } from "./naming.ts";

export interface ChosenContact {
  id: string;
  name: string;
}

interface ContactsChoiceProps {
  label: string;
  nothingFound: string;
  removeLabel: (name: string) => string;
  value: readonly ChosenContact[];
  onChange: (value: ChosenContact[]) => void;
  description?: string;
}

/** Picks several contacts, in the order in which they were added. */
export function ContactsChoice({ value, onChange, removeLabel, ...rest }: ContactsChoiceProps) {
  const queries = useQueryClient();
  const add = async (id: string | null) => {
    if (id === null || value.some((each) => each.id === id)) return;
    const contact = await queries.fetchQuery({
      queryKey: ["contacts", id],
      queryFn: () => answer(api.GET("/api/v1/contacts/{id}", { params: { path: { id } } })),
    });
    onChange([...value, { id, name: nameOf(contact) }]);
  };
  return (
    <Stack gap={4}>
      <ContactChoice {...rest} value={null} onChange={(id) => void add(id)} />
      {value.map(({ id, name }) => (
        <Group key={id} gap="xs">
          <Text size="sm">{name}</Text>
          <CloseButton
            size="sm"
            aria-label={removeLabel(name)}
            onClick={() => onChange(value.filter((each) => each.id !== id))}
          />
        </Group>
      ))}
    </Stack>
  );
}
