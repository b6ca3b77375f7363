import { Alert, Badge, Button, Group, Stack, Text, Title } from "@mantine/core";
import { IconCheck, IconDownload } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useAct } from "../../api/act.ts";
import { answer, api } from "../../api/client.ts";
import { AnchorLink } from "../../components/AnchorLink.tsx";
import { Moment } from "../../components/Moment.tsx";
import { Loaded } from "../../components/PageState.tsx";
import { ConversationLink } from "./ConversationLink.tsx";
import { Correction } from "./Correction.tsx";
import classes from "./Inbox.module.css";
import type { InboundMessage } from "./types.ts";
import { useReadingText } from "./use-reading-text.ts";

/** One message: what it says, how it was understood and why, what was done, and the keys that correct it. */
export function ReadMessage({ id, onDone }: { id: string; onDone: () => void }) {
  const query = useQuery({
    queryKey: ["inbox", "message", id],
    queryFn: () => answer(api.GET("/api/v1/inbox/{id}", { params: { path: { id } } })),
  });
  return <Loaded query={query}>{(message) => <Read message={message} onDone={onDone} />}</Loaded>;
}

function Read({ message, onDone }: { message: InboundMessage; onDone: () => void }) {
  const { t } = useTranslation("inbox");
  const finish = useAct({
    act: () =>
      answer(api.POST("/api/v1/inbox/{id}/done", { params: { path: { id: message.id } } })),
    changes: [["inbox"]],
    done: t("dealtWith"),
    onDone,
  });
  const isAnswer = ["reply", "auto_reply", "unknown"].includes(message.kind ?? "");
  return (
    <Stack gap="md">
      <div>
        <Title order={3} size="h4">
          {message.subject || t("noSubject")}
        </Title>
        <Text size="sm" c="dimmed">
          {message.contact ? (
            <AnchorLink to="/contacts/$id" params={{ id: message.contact.id }} underline="always">
              {message.contact.name}
            </AnchorLink>
          ) : (
            message.from.name || (isAnswer && t("nobody"))
          )}{" "}
          {message.from.address && `<${message.from.address}>`} ·{" "}
          <Moment at={message.received_at} />
          {message.contact && (
            <>
              {" "}
              <ConversationLink contactId={message.contact.id} />
            </>
          )}
        </Text>
      </div>
      {message.said && <blockquote className={classes.said}>{message.said}</blockquote>}
      <Understanding message={message} />
      {isAnswer && <Correction message={message} />}
      <Group>
        {message.state === "waiting" && (
          <Button
            variant="default"
            leftSection={<IconCheck size={16} />}
            loading={finish.isPending}
            onClick={() => finish.mutate()}
          >
            {t("done")}
          </Button>
        )}
        <Button
          variant="subtle"
          component="a"
          href={`/api/v1/inbox/${message.id}/raw`}
          download={`${message.id}.eml`}
          leftSection={<IconDownload size={16} />}
        >
          {t("original")}
        </Button>
      </Group>
    </Stack>
  );
}

function Understanding({ message }: { message: InboundMessage }) {
  const { t } = useTranslation("inbox");
  const { understood, done, failure } = useReadingText();
  return (
    <Alert
      color={message.state === "waiting" ? "yellow" : "gray"}
      title={
        <Group gap="xs">
          {understood(message)}
          {message.state === "waiting" && <Badge color="yellow.9">{t("needsYou")}</Badge>}
        </Group>
      }
    >
      <Stack gap={6}>
        {message.because && <Text size="sm">{t("because", { because: message.because })}</Text>}
        {message.understood_as && (
          <Text size="sm" c="dimmed">
            {t("rule", { rule: message.understood_as })}
          </Text>
        )}
        {message.recipients.map((recipient) => (
          <Text size="sm" key={`${recipient.address}${recipient.reason}`}>
            {recipient.address ?? t("noAddress")}: {failure(recipient)}
            {recipient.said && (
              <Text span size="sm" c="dimmed" display="block">
                {recipient.said}
              </Text>
            )}
          </Text>
        ))}
        {message.suggestions.map((suggestion) => (
          <Text size="sm" key={JSON.stringify(suggestion)}>
            {t("suggested")}{" "}
            {[suggestion.name, suggestion.email, suggestion.phone].filter(Boolean).join(" · ")}
          </Text>
        ))}
        <Text size="sm" fw={600}>
          {message.did.length > 0 ? t("whatWasDone") : t("nothingDone")}
        </Text>
        {message.did.length > 0 && (
          <ul className={classes.did}>
            {message.did.map((deed) => (
              <li key={JSON.stringify(deed)}>
                <Text size="sm">{done(deed)}</Text>
              </li>
            ))}
          </ul>
        )}
        {message.corrected && (
          <Text size="sm">
            {t("corrected")} <Moment at={message.corrected.at} />
          </Text>
        )}
      </Stack>
    </Alert>
  );
}
