import { TextInput } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAct } from "../../api/act.ts";
import { answer, api } from "../../api/client.ts";
import type { List } from "../../api/types.ts";
import { FormDialog } from "../../components/FormDialog.tsx";

/** Makes a list, or renames the one given. */
export function ListNameDialog({ list, onClose }: { list?: List; onClose: () => void }) {
  const { t } = useTranslation("lists");
  const { t: common } = useTranslation();
  const navigate = useNavigate();
  const [name, setName] = useState(list?.name ?? "");
  const [missing, setMissing] = useState(false);
  const save = useAct<List>({
    act: () =>
      list
        ? answer(
            api.PATCH("/api/v1/lists/{id}", {
              params: { path: { id: list.id } },
              body: { name: name.trim() },
            }),
          )
        : answer(api.POST("/api/v1/lists", { body: { name: name.trim() } })),
    changes: [["lists"]],
    done: (saved) => (list ? t("rename.done") : t("create.done", { name: saved.name })),
    ownError: true,
    onDone: (saved) => {
      onClose();
      if (!list) void navigate({ to: "/lists/$id", params: { id: saved.id } });
    },
  });
  const submit = () => {
    setMissing(name.trim() === "");
    if (name.trim() !== "") save.mutate();
  };
  return (
    <FormDialog
      opened
      onClose={onClose}
      title={list ? t("rename.title", { name: list.name }) : t("create.title")}
      submit={list ? common("save") : t("create.submit")}
      pending={save.isPending}
      error={save.error}
      onSubmit={submit}
    >
      <TextInput
        label={t("name")}
        required
        data-autofocus
        maxLength={200}
        value={name}
        error={missing && t("create.needed")}
        onChange={(event) => setName(event.currentTarget.value)}
      />
    </FormDialog>
  );
}
