import { ActionIcon, Button, Card, Group, Stack, Text, Textarea } from "@mantine/core";
import { IconPencil, IconTrash } from "@tabler/icons-react";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { useAct } from "../../api/act.ts";
import { answer, api } from "../../api/client.ts";
import { usePages } from "../../api/pages.ts";
import type { Note } from "../../api/types.ts";
import { useUserNames } from "../../api/users.ts";
import { useMay } from "../../app/session.tsx";
import { DeleteDialog } from "../../components/DeleteDialog.tsx";
import { FormDialog } from "../../components/FormDialog.tsx";
import { Moment } from "../../components/Moment.tsx";
import { Empty, Failure, Loading } from "../../components/PageState.tsx";
import { SearchField } from "../../components/SearchField.tsx";
import { useFormats } from "../../i18n/format.ts";
import classes from "./Linked.module.css";

const changes = [["contacts"], ["ledger"]];

/** The notes on a contact, newest first, and a field to write the next. */
export function NotesTab({ contactId }: { contactId: string }) {
  const { t } = useTranslation("linked");
  const mayEdit = useMay()("contacts.edit");
  const [q, setQ] = useState("");
  const pages = usePages<Note>(["contacts", contactId, "notes", q], (cursor) =>
    answer(
      api.GET("/api/v1/contacts/{id}/notes", {
        params: { path: { id: contactId }, query: { limit: 30, cursor, q: q || undefined } },
      }),
    ),
  );
  return (
    <Stack>
      {mayEdit && <NewNote contactId={contactId} />}
      {(q !== "" || pages.items.length > 1) && (
        <SearchField
          label={t("notes.search")}
          placeholder={t("notes.search")}
          value={q}
          onSearch={setQ}
        />
      )}
      {pages.error ? (
        <Failure error={pages.error} retry={pages.refetch} />
      ) : pages.isPending ? (
        <Loading />
      ) : pages.items.length === 0 ? (
        <Empty title={t(q ? "notes.noMatch" : "notes.empty")}>{!q && t("notes.emptyHint")}</Empty>
      ) : (
        pages.items.map((note) => <NoteCard key={note.id} note={note} />)
      )}
      {pages.hasMore && (
        <Button variant="default" onClick={pages.fetchMore} loading={pages.isFetchingMore}>
          {t("more")}
        </Button>
      )}
    </Stack>
  );
}

function NewNote({ contactId }: { contactId: string }) {
  const { t } = useTranslation("linked");
  const [text, setText] = useState("");
  const add = useAct({
    act: () =>
      answer(
        api.POST("/api/v1/contacts/{id}/notes", {
          params: { path: { id: contactId } },
          body: { text },
        }),
      ),
    changes,
    done: t("notes.added"),
    onDone: () => setText(""),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (text.trim() !== "") add.mutate();
  };
  return (
    <form onSubmit={submit}>
      <Textarea
        label={t("notes.write")}
        autosize
        minRows={2}
        maxRows={12}
        maxLength={20_000}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Button type="submit" mt="xs" size="xs" loading={add.isPending} disabled={text.trim() === ""}>
        {t("notes.add")}
      </Button>
    </form>
  );
}

function NoteCard({ note }: { note: Note }) {
  const { t } = useTranslation("linked");
  const { moment } = useFormats();
  const userName = useUserNames();
  const mayEdit = useMay()("contacts.edit");
  const [editing, setEditing] = useState(false);
  const [deleting, setDeleting] = useState(false);
  const when = moment(note.created_at);
  return (
    <Card withBorder padding="sm">
      <Text size="sm" className={classes.written}>
        {note.text}
      </Text>
      <Group justify="space-between" mt={6}>
        <Text size="xs" c="dimmed">
          <Moment at={note.created_at} />
          {note.author_id && userName(note.author_id) && ` · ${userName(note.author_id)}`}
          {note.updated_at !== note.created_at && ` · ${t("notes.edited")}`}
        </Text>
        {mayEdit && (
          <Group gap={4}>
            <ActionIcon
              variant="subtle"
              color="gray"
              c="inherit"
              aria-label={t("notes.edit", { when })}
              onClick={() => setEditing(true)}
            >
              <IconPencil size={16} />
            </ActionIcon>
            <ActionIcon
              variant="subtle"
              color="gray"
              c="inherit"
              aria-label={t("notes.delete", { when })}
              onClick={() => setDeleting(true)}
            >
              <IconTrash size={16} />
            </ActionIcon>
          </Group>
        )}
      </Group>
      {editing && <NoteDialog note={note} onClose={() => setEditing(false)} />}
      {deleting && (
        <DeleteDialog
          title={t("notes.deleteTitle")}
          text={t("notes.deleteText")}
          act={() =>
            answer(api.DELETE("/api/v1/notes/{id}", { params: { path: { id: note.id } } }))
          }
          changes={changes}
          done={t("notes.deleted")}
          onClose={() => setDeleting(false)}
        />
      )}
    </Card>
  );
}

function NoteDialog({ note, onClose }: { note: Note; onClose: () => void }) {
  const { t } = useTranslation("linked");
  const { t: common } = useTranslation();
  const [text, setText] = useState(note.text);
  const save = useAct({
    act: () =>
      answer(
        api.PATCH("/api/v1/notes/{id}", { params: { path: { id: note.id } }, body: { text } }),
      ),
    changes,
    done: t("notes.saved"),
    ownError: true,
    onDone: onClose,
  });
  return (
    <FormDialog
      opened
      onClose={onClose}
      title={t("notes.editTitle")}
      submit={common("save")}
      disabled={text.trim() === ""}
      pending={save.isPending}
      error={save.error}
      onSubmit={() => save.mutate()}
    >
      <Textarea
        aria-label={t("notes.editTitle")}
        data-autofocus
        autosize
        minRows={4}
        maxRows={20}
        maxLength={20_000}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
    </FormDialog>
  );
}
