import { Button, Card, Group, NativeSelect, Text, Title } from "@mantine/core";
import { DateTimePicker } from "@mantine/dates";
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { answer, api } from "../../api/client.ts";
import type { Channel } from "../../api/types.ts";
import { Loaded } from "../../components/PageState.tsx";
import { WhyAnswer } from "./WhyAnswer.tsx";

const channels = ["email", "sms", "whatsapp", "call"] as const;

/** "Why was this person written to, or not, at a moment?", answered from what is recorded. */
export function WhyPanel({ contactId }: { contactId: string }) {
  const { t } = useTranslation("profile");
  const { t: common } = useTranslation();
  const [at, setAt] = useState<string | null>(null);
  const [channel, setChannel] = useState<Channel>("email");
  const [asked, setAsked] = useState<{ at: string | null; channel: Channel }>({
    at: null,
    channel: "email",
  });
  const why = useQuery({
    queryKey: ["contacts", contactId, "why", asked],
    queryFn: () =>
      answer(
        api.GET("/api/v1/contacts/{id}/why", {
          params: {
            path: { id: contactId },
            query: { channel: asked.channel, at: asked.at ?? undefined },
          },
        }),
      ),
  });
  const ask = (event: FormEvent) => {
    event.preventDefault();
    // The picker tells the wall clock of this browser.
    setAsked({ at: at ? new Date(at.replace(" ", "T")).toISOString() : null, channel });
  };
  return (
    <Card withBorder>
      <Title order={2}>{t("why.title")}</Title>
      <Text size="sm" c="dimmed" mb="sm">
        {t("why.hint")}
      </Text>
      <form onSubmit={ask}>
        <Group align="flex-end" mb="md">
          <DateTimePicker
            label={t("why.at")}
            value={at}
            onChange={setAt}
            valueFormat="YYYY-MM-DD HH:mm"
            clearable
            w={220}
          />
          <NativeSelect
            label={t("why.channel")}
            value={channel}
            onChange={(event) => setChannel(event.currentTarget.value as Channel)}
            data={channels.map((value) => ({ value, label: common(`channel.${value}`) }))}
          />
          <Button type="submit">{t("why.ask")}</Button>
        </Group>
      </form>
      <Loaded query={why}>{(found) => <WhyAnswer why={found} />}</Loaded>
    </Card>
  );
}
