import { TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import classes from "./Shell.module.css";
import { searchFieldId } from "./use-shortcuts.ts";

export function GlobalSearch() {
  const { t } = useTranslation("shell");
  const [q, setQ] = useState("");
  const navigate = useNavigate();
  return (
    <form
      className={classes.search}
      role="search"
      onSubmit={(event) => {
        event.preventDefault();
        void navigate({ to: "/" });
      }}
    >
      <TextInput
        id={searchFieldId}
        aria-label={t("search")}
        placeholder={t("search")}
        leftSection={<IconSearch size={16} aria-hidden />}
        value={q}
        onChange={(event) => setQ(event.currentTarget.value)}
      />
    </form>
  );
}
