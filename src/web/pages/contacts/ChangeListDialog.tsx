import { Alert, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAct } from "../../api/act.ts";
import { answer, api } from "../../api/client.ts";
import type { Selection } from "../../api/types.ts";
import { FormDialog } from "../../components/FormDialog.tsx";
import { ListChoice } from "../../components/ListChoice.tsx";
import { useFormats } from "../../i18n/format.ts";

interface ChangeListDialogProps {
  act: "add" | "remove";
  selection: Selection;
  onClose: () => void;
  onDone: () => void;
}

/** Puts the ticked contacts on a list, an existing or a new one, or takes them off one. */
export function ChangeListDialog({ act, selection, onClose, onDone }: ChangeListDialogProps) {
  const { t } = useTranslation("contacts");
  const { number } = useFormats();
  const [listId, setListId] = useState<string | null>(null);
  const [newName, setNewName] = useState("");
  const [missing, setMissing] = useState(false);

  async function run(): Promise<string> {
    const body = { selection };
    const made =
      listId === null
        ? await answer(api.POST("/api/v1/lists", { body: { name: newName.trim() } }))
        : null;
    const id = listId ?? made?.id ?? "";
    const params = { path: { id } };
    if (act === "add") {
      const done = await answer(api.POST("/api/v1/lists/{id}/members", { params, body }));
      if ("job_id" in done) return t("bulk.asJob");
      const list = made?.name ?? (await nameOfList(id));
      return t("bulk.added", {
        list,
        added: number(Number(done.added)),
        already: number(Number(done.already)),
        excluded: number(Number(done.excluded)),
      });
    }
    const done = await answer(api.DELETE("/api/v1/lists/{id}/members", { params, body }));
    if ("job_id" in done) return t("bulk.asJob");
    return t("bulk.removed", {
      list: await nameOfList(id),
      removed: number(Number(done.removed)),
      missing: number(Number(done.not_member)),
    });
  }

  const change = useAct({
    act: run,
    changes: [["lists"], ["contacts"], ["jobs"]],
    done: (text) => text,
    ownError: true,
    onDone: () => {
      onDone();
      onClose();
    },
  });
  const submit = () => {
    const complete = listId !== null || (act === "add" && newName.trim() !== "");
    setMissing(!complete);
    if (complete) change.mutate();
  };
  const title = act === "add" ? t("bulk.addToList") : t("bulk.removeFromList");
  return (
    <FormDialog
      opened
      onClose={onClose}
      title={title}
      submit={title}
      pending={change.isPending}
      error={change.error}
      onSubmit={submit}
    >
      <ListChoice label={t("bulk.list")} value={listId} onChange={setListId} autoFocus />
      {act === "add" && (
        <TextInput
          label={t("bulk.newList")}
          description={t("bulk.newListHint")}
          value={newName}
          disabled={listId !== null}
          onChange={(event) => setNewName(event.currentTarget.value)}
        />
      )}
      {missing && (
        <Alert color="red" role="alert">
          <Text size="sm">{t("bulk.needList")}</Text>
        </Alert>
      )}
    </FormDialog>
  );
}

async function nameOfList(id: string): Promise<string> {
  return (await answer(api.GET("/api/v1/lists/{id}", { params: { path: { id } } }))).name;
}
