import { Badge, Button, Group, Stack, Text, Textarea, TextInput } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconArrowLeft, IconPencilPlus } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAct } from "../../api/act.ts";
import { answer, api } from "../../api/client.ts";
import { usePages } from "../../api/pages.ts";
import type { Conversation } from "../../api/types.ts";
import type { ChosenContact } from "../../components/ContactsChoice.tsx";
import { FormDialog } from "../../components/FormDialog.tsx";
import { May } from "../../components/May.tsx";
import { Moment } from "../../components/Moment.tsx";
import { Empty, Failure, Loading } from "../../components/PageState.tsx";
import { changedByWriting } from "./changes.ts";
import classes from "./Linked.module.css";
import { StoppedNotice } from "./StoppedNotice.tsx";
import { Thread } from "./Thread.tsx";

/** The conversations with a contact; one opens as a thread. */
export function ConversationsTab({ contact }: { contact: ChosenContact }) {
  const { t } = useTranslation("linked");
  const [writing, write] = useDisclosure();
  const [opened, setOpened] = useState<string | null>(null);
  const pages = usePages<Conversation>(["conversations", "of", contact.id], (cursor) =>
    answer(
      api.GET("/api/v1/contacts/{id}/conversations", {
        params: { path: { id: contact.id }, query: { limit: 30, cursor } },
      }),
    ),
  );
  if (opened !== null) {
    return (
      <Stack>
        <Group>
          <Button
            size="xs"
            variant="default"
            leftSection={<IconArrowLeft size={14} />}
            onClick={() => setOpened(null)}
          >
            {t("conversations.back")}
          </Button>
        </Group>
        <Thread conversationId={opened} />
      </Stack>
    );
  }
  return (
    <>
      <May permission="contacts.edit">
        <Group justify="flex-end">
          <Button size="xs" leftSection={<IconPencilPlus size={14} />} onClick={write.open}>
            {t("conversations.write")}
          </Button>
        </Group>
      </May>
      {pages.error ? (
        <Failure error={pages.error} retry={pages.refetch} />
      ) : pages.isPending ? (
        <Loading />
      ) : pages.items.length === 0 ? (
        <Empty title={t("conversations.empty")}>{t("conversations.emptyHint")}</Empty>
      ) : (
        <ul className={classes.items}>
          {pages.items.map((each) => (
            <ConversationItem key={each.id} conversation={each} onOpen={() => setOpened(each.id)} />
          ))}
        </ul>
      )}
      {pages.hasMore && (
        <Button mt="sm" variant="default" onClick={pages.fetchMore} loading={pages.isFetchingMore}>
          {t("more")}
        </Button>
      )}
      {writing && <WriteDialog contact={contact} onClose={write.close} onWritten={setOpened} />}
    </>
  );
}

function ConversationItem({
  conversation,
  onOpen,
}: {
  conversation: Conversation;
  onOpen: () => void;
}) {
  const { t } = useTranslation("linked");
  const { t: common } = useTranslation();
  const { subject, channel, state, unread, last, last_at } = conversation;
  return (
    <li>
      <button type="button" className={classes.conversation} onClick={onOpen}>
        <Group gap="xs" component="span">
          <strong>{subject || t("conversations.noSubject")}</strong>
          {unread && <Badge component="span">{t("conversations.unread")}</Badge>}
          {state === "closed" && (
            <Badge component="span" variant="default">
              {t("conversations.closed")}
            </Badge>
          )}
        </Group>
        {last && (
          <Text component="span" display="block" size="sm" lineClamp={2}>
            {t(last.direction === "in" ? "conversations.them" : "conversations.you")}: {last.text}
          </Text>
        )}
        <Text component="span" display="block" size="xs" c="dimmed">
          {common(`channel.${channel}`)} · <Moment at={last_at} as="ago" />
        </Text>
      </button>
    </li>
  );
}

interface WriteDialogProps {
  contact: ChosenContact;
  onClose: () => void;
  onWritten: (conversationId: string) => void;
}

function WriteDialog({ contact, onClose, onWritten }: WriteDialogProps) {
  const { t } = useTranslation("linked");
  const [subject, setSubject] = useState("");
  const [text, setText] = useState("");
  const [tried, setTried] = useState(false);
  const send = useAct({
    act: () =>
      answer(
        api.POST("/api/v1/contacts/{id}/conversations", {
          params: { path: { id: contact.id } },
          body: { subject: subject.trim(), text },
        }),
      ),
    changes: changedByWriting,
    done: t("conversations.queued"),
    ownError: true,
    onDone: ({ id }) => {
      onClose();
      onWritten(id);
    },
  });
  const complete = subject.trim() !== "" && text.trim() !== "";
  const stopped = send.error?.code === "contact_stopped" ? send.error : null;
  const submit = () => {
    setTried(true);
    if (complete) send.mutate();
  };
  return (
    <FormDialog
      opened
      onClose={onClose}
      title={t("conversations.writeTitle", { name: contact.name })}
      submit={t("conversations.send")}
      size="lg"
      pending={send.isPending}
      error={stopped ? null : send.error}
      onSubmit={submit}
    >
      <TextInput
        label={t("conversations.subject")}
        required
        data-autofocus
        maxLength={300}
        value={subject}
        error={tried && !complete && t("conversations.needed")}
        onChange={(event) => setSubject(event.currentTarget.value)}
      />
      <Textarea
        label={t("conversations.text")}
        required
        autosize
        minRows={6}
        maxRows={20}
        maxLength={100_000}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      {stopped && <StoppedNotice error={stopped} />}
    </FormDialog>
  );
}
