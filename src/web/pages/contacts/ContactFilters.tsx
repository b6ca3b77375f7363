import { Button, Group, Pill, Popover, Select, Stack, TextInput } from "@mantine/core";
import { DateInput } from "@mantine/dates";
import { useDebouncedCallback, useDisclosure } from "@mantine/hooks";
import { IconFilter } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { answer, api } from "../../api/client.ts";
import { useUserChoices, useUserNames } from "../../api/users.ts";
import { useMe } from "../../app/session.tsx";
import { ListChoice } from "../../components/ListChoice.tsx";
import { useFormats } from "../../i18n/format.ts";
import { type ContactSearch, conditionsIn } from "./search.ts";

interface FiltersProps {
  search: ContactSearch;
  onChange: (next: Partial<ContactSearch>) => void;
}

/** The filter builder, and what is filtered now as pills that go with a click. */
export function ContactFilters({ search, onChange }: FiltersProps) {
  const { t } = useTranslation("contacts");
  const [opened, { toggle, close }] = useDisclosure();
  const count = conditionsIn(search);
  return (
    <>
      <Popover
        opened={opened}
        onChange={(open) => !open && close()}
        position="bottom-start"
        width={320}
        trapFocus
      >
        <Popover.Target>
          <Button variant="default" leftSection={<IconFilter size={16} />} onClick={toggle}>
            {count > 0 ? `${t("filter")} (${count})` : t("filter")}
          </Button>
        </Popover.Target>
        <Popover.Dropdown aria-label={t("filter")}>
          <FilterFields search={search} onChange={onChange} />
        </Popover.Dropdown>
      </Popover>
      <FilterPills search={search} onChange={onChange} />
    </>
  );
}

function FilterFields({ search, onChange }: FiltersProps) {
  const { t } = useTranslation("contacts");
  const me = useMe();
  const users = useUserChoices();
  const byCompany = useDebouncedCallback(
    (company: string) => onChange({ company: company || undefined }),
    300,
  );
  const inside = { comboboxProps: { withinPortal: false } };
  return (
    <Stack gap="sm">
      <TextInput
        label={t("filters.company")}
        placeholder={t("filters.companyHint")}
        defaultValue={search.company ?? ""}
        onChange={(event) => byCompany(event.currentTarget.value.trim())}
      />
      {!me.own_only && (
        <Select
          label={t("filters.owner")}
          placeholder={t("filters.any")}
          data={[
            { value: me.user.id, label: t("filters.mine") },
            { value: "none", label: t("filters.noOwner") },
            ...users.filter((user) => user.value !== me.user.id),
          ]}
          value={search.owner ?? null}
          onChange={(owner) => onChange({ owner: owner ?? undefined })}
          clearable
          searchable
          {...inside}
        />
      )}
      <Select
        label={t("filters.email")}
        placeholder={t("filters.any")}
        data={[
          { value: "yes", label: t("filters.withEmail") },
          { value: "no", label: t("filters.withoutEmail") },
        ]}
        value={search.email ?? null}
        onChange={(email) => onChange({ email: (email as "yes" | "no" | null) ?? undefined })}
        clearable
        {...inside}
      />
      <DateInput
        label={t("filters.after")}
        value={search.after ?? null}
        onChange={(after) => onChange({ after: after ?? undefined })}
        valueFormat="YYYY-MM-DD"
        clearable
        popoverProps={{ withinPortal: false }}
      />
      <DateInput
        label={t("filters.before")}
        value={search.before ?? null}
        onChange={(before) => onChange({ before: before ?? undefined })}
        valueFormat="YYYY-MM-DD"
        clearable
        popoverProps={{ withinPortal: false }}
      />
      <ListChoice
        label={t("filters.list")}
        value={search.list ?? null}
        onChange={(list) => onChange({ list: list ?? undefined })}
        withinPortal={false}
      />
    </Stack>
  );
}

function FilterPills({ search, onChange }: FiltersProps) {
  const { t } = useTranslation("contacts");
  const { day } = useFormats();
  const userName = useUserNames();
  const me = useMe();
  const { data: list } = useQuery({
    queryKey: ["lists", search.list],
    queryFn: () =>
      answer(api.GET("/api/v1/lists/{id}", { params: { path: { id: search.list ?? "" } } })),
    enabled: search.list !== undefined,
  });
  const owner =
    search.owner === "none"
      ? t("filters.noOwner")
      : search.owner === me.user.id
        ? t("filters.mine")
        : userName(search.owner ?? "");
  const pills: [keyof ContactSearch, string, string | undefined][] = [
    ["owner", t("filters.owner"), owner],
    ["company", t("filters.company"), search.company],
    [
      "email",
      t("filters.email"),
      t(search.email === "yes" ? "filters.withEmail" : "filters.withoutEmail"),
    ],
    ["after", t("filters.after"), search.after && day(`${search.after}T12:00:00Z`)],
    ["before", t("filters.before"), search.before && day(`${search.before}T12:00:00Z`)],
    ["list", t("filters.list"), list?.name],
  ];
  const active = pills.filter(([key]) => search[key] !== undefined);
  if (active.length === 0) return null;
  return (
    <Group gap={6}>
      {active.map(([key, name, value]) => (
        <Pill
          key={key}
          size="md"
          withRemoveButton
          onRemove={() => onChange({ [key]: undefined })}
          removeButtonProps={{
            "aria-label": t("filters.remove", { name }),
            "aria-hidden": false,
            tabIndex: 0,
          }}
        >
          {name}: {value ?? search[key]}
        </Pill>
      ))}
    </Group>
  );
}
