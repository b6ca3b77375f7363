import { Combobox, Text, TextInput, useCombobox } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { useRouter } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import classes from "./Shell.module.css";
import { useFound } from "./use-found.ts";
import { searchFieldId } from "./use-shortcuts.ts";

/** Finds contacts, lists and campaigns from any page. */
export function GlobalSearch() {
  const { t } = useTranslation("shell");
  const router = useRouter();
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  const [typed, setTyped] = useState("");
  const [q] = useDebouncedValue(typed.trim(), 200);
  const { groups, isPending } = useFound(q);
  const open = (href: string) => {
    setTyped("");
    combobox.closeDropdown();
    document.getElementById(searchFieldId)?.blur();
    void router.navigate({ href });
  };
  const nothing = q.length >= 2 && !isPending && groups.length === 0;
  return (
    <search className={classes.search}>
      <Combobox
        store={combobox}
        onOptionSubmit={open}
        position="bottom"
        width="target"
        withinPortal={false}
      >
        <Combobox.Target>
          <TextInput
            id={searchFieldId}
            type="search"
            aria-label={t("search")}
            placeholder={t("search")}
            title={t("searchHint")}
            leftSection={<IconSearch size={16} aria-hidden />}
            value={typed}
            onChange={(event) => {
              setTyped(event.currentTarget.value);
              combobox.openDropdown();
              combobox.selectFirstOption();
            }}
            onFocus={() => combobox.openDropdown()}
            onBlur={() => combobox.closeDropdown()}
            onKeyDown={(event) => {
              if (event.key === "Escape") event.currentTarget.blur();
            }}
          />
        </Combobox.Target>
        <Combobox.Dropdown hidden={typed === ""}>
          <Combobox.Options mah={420} style={{ overflowY: "auto" }} aria-label={t("search")}>
            {groups.map((group) => (
              <Combobox.Group key={group.kind} label={t(`searchGroup.${group.kind}`)}>
                {group.found.map((each) => (
                  <Combobox.Option key={each.href} value={each.href}>
                    <Text size="sm" truncate>
                      {each.name}
                    </Text>
                    {each.detail && (
                      <Text size="xs" c="dimmed" truncate>
                        {each.detail}
                      </Text>
                    )}
                  </Combobox.Option>
                ))}
              </Combobox.Group>
            ))}
            {q.length >= 2 && (
              <Combobox.Option value={`/contacts?q=${encodeURIComponent(q)}`}>
                <Text size="sm">{t("allContactsFor", { q })}</Text>
              </Combobox.Option>
            )}
          </Combobox.Options>
          {nothing && <Combobox.Empty>{t("searchNothing", { q })}</Combobox.Empty>}
          {q.length < 2 && <Combobox.Empty>{t("searchShort")}</Combobox.Empty>}
        </Combobox.Dropdown>
      </Combobox>
    </search>
  );
}
