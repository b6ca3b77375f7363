import { Alert, Button, Group, Textarea } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { useAct } from "../../api/act.ts";
import { answer, api } from "../../api/client.ts";
import type { Conversation } from "../../api/types.ts";
import { useErrorText } from "../../components/use-error-text.ts";
import { changedByWriting } from "./changes.ts";
import { StoppedNotice } from "./StoppedNotice.tsx";

/** Answers by hand. The gate decides; when it refuses, its reasons stand here and the text is kept. */
export function ReplyBox({ conversation }: { conversation: Conversation }) {
  const { t } = useTranslation("linked");
  const errorText = useErrorText();
  const [text, setText] = useState("");
  const send = useAct({
    act: () =>
      answer(
        api.POST("/api/v1/conversations/{id}/messages", {
          params: { path: { id: conversation.id } },
          body: { text },
        }),
      ),
    changes: changedByWriting,
    done: t("conversations.queued"),
    ownError: true,
    onDone: () => setText(""),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (text.trim() !== "") send.mutate();
  };
  return (
    <form onSubmit={submit}>
      <Textarea
        label={t("conversations.reply")}
        autosize
        minRows={3}
        maxRows={16}
        maxLength={100_000}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        mb="xs"
      />
      {send.error?.code === "contact_stopped" ? (
        <StoppedNotice error={send.error} />
      ) : (
        send.error && (
          <Alert color="red" role="alert">
            {errorText(send.error)}
          </Alert>
        )
      )}
      <Group justify="flex-end" mt="xs">
        <Button type="submit" loading={send.isPending} disabled={text.trim() === ""}>
          {t("conversations.send")}
        </Button>
      </Group>
    </form>
  );
}
