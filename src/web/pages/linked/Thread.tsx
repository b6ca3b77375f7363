import { Button, Group, Stack, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { useAct } from "../../api/act.ts";
import { answer, api } from "../../api/client.ts";
import { usePages } from "../../api/pages.ts";
import type { Conversation, ConversationMessage } from "../../api/types.ts";
import { useUserNames } from "../../api/users.ts";
import { useMay } from "../../app/session.tsx";
import { Moment } from "../../components/Moment.tsx";
import { Failure, Loaded, Loading } from "../../components/PageState.tsx";
import { useRefusalName } from "../../components/refusals.ts";
import classes from "./Linked.module.css";
import { ReplyBox } from "./ReplyBox.tsx";

/** A conversation as a thread, the latest message at the end, with the box to answer in. Opening it reads it. */
export function Thread({ conversationId }: { conversationId: string }) {
  const conversation = useQuery({
    queryKey: ["conversations", conversationId],
    queryFn: () =>
      answer(api.GET("/api/v1/conversations/{id}", { params: { path: { id: conversationId } } })),
  });
  return <Loaded query={conversation}>{(found) => <OpenThread conversation={found} />}</Loaded>;
}

function OpenThread({ conversation }: { conversation: Conversation }) {
  const { t } = useTranslation("linked");
  const mayEdit = useMay()("contacts.edit");
  const { id, subject, state, unread } = conversation;
  const change = useAct({
    act: (body: { state?: Conversation["state"]; unread?: boolean }) =>
      answer(api.PATCH("/api/v1/conversations/{id}", { params: { path: { id } }, body })),
    changes: [["conversations"], ["contacts"]],
  });
  const { mutate } = change;
  useEffect(() => {
    if (unread && mayEdit) mutate({ unread: false });
  }, [unread, mayEdit, mutate]);
  return (
    <Stack>
      <Group justify="space-between">
        <Title order={2}>{subject || t("conversations.noSubject")}</Title>
        {mayEdit && (
          <Button
            size="xs"
            variant="default"
            loading={change.isPending}
            onClick={() => mutate({ state: state === "open" ? "closed" : "open" })}
          >
            {t(state === "open" ? "conversations.close" : "conversations.reopen")}
          </Button>
        )}
      </Group>
      <Messages conversation={conversation} />
      {mayEdit && <ReplyBox conversation={conversation} />}
    </Stack>
  );
}

function Messages({ conversation }: { conversation: Conversation }) {
  const { t } = useTranslation("linked");
  const pages = usePages<ConversationMessage>(
    ["conversations", conversation.id, "messages"],
    (cursor) =>
      answer(
        api.GET("/api/v1/conversations/{id}/messages", {
          params: { path: { id: conversation.id }, query: { limit: 30, cursor } },
        }),
      ),
    // What was just written is still on its way.
    { refetchInterval: 5_000 },
  );
  if (pages.error) return <Failure error={pages.error} retry={pages.refetch} />;
  if (pages.isPending) return <Loading />;
  return (
    <>
      {pages.hasMore && (
        <Button variant="default" onClick={pages.fetchMore} loading={pages.isFetchingMore}>
          {t("conversations.earlier")}
        </Button>
      )}
      <ol className={classes.messages} aria-label={t("conversations.messages")}>
        {[...pages.items].reverse().map((message) => (
          <Message key={message.id} message={message} them={conversation.contact.name} />
        ))}
      </ol>
    </>
  );
}

const fates = [
  "queued",
  "claimed",
  "accepted",
  "delivered",
  "bounced",
  "complained",
  "failed",
  "unknown",
  "cancelled",
] as const;

function Message({ message, them }: { message: ConversationMessage; them: string }) {
  const { t } = useTranslation("linked");
  const userName = useUserNames();
  const refusalName = useRefusalName();
  const fate = fates.find((each) => each === message.fate?.state);
  const author = message.author_id ? userName(message.author_id) : undefined;
  const from = message.direction === "in" ? them : (author ?? t("conversations.you"));
  return (
    <li data-direction={message.direction}>
      <Text size="sm" className={classes.written}>
        {message.text}
      </Text>
      <Text size="xs" c="dimmed" mt={4}>
        {from} · <Moment at={message.at} />
        {fate && ` · ${t(`conversations.fate.${fate}`)}`}
        {message.fate &&
          message.fate.refusals.length > 0 &&
          ` (${message.fate.refusals.map(refusalName).join(", ")})`}
      </Text>
    </li>
  );
}
