import { Button, Group, Kbd, Stack, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAct } from "../../api/act.ts";
import { answer, api } from "../../api/client.ts";
import { type InboundMessage, type Meaning, meaningKeys } from "./types.ts";
import { useMeaningKeys } from "./use-meaning-keys.ts";

/** What the answer means, by one key or press; a phrase may be remembered for the next time. */
export function Correction({ message }: { message: InboundMessage }) {
  const { t } = useTranslation("inbox");
  const [phrase, setPhrase] = useState("");
  const correct = useAct({
    act: (meaning: Meaning) =>
      answer(
        api.POST("/api/v1/inbox/{id}/classification", {
          params: { path: { id: message.id } },
          body: { meaning, ...(phrase.trim().length >= 3 ? { remember: phrase.trim() } : {}) },
        }),
      ),
    changes: [["inbox"], ["contacts"], ["ledger"]],
    done: (_, meaning) => t("correctedTo", { meaning: t(`meanings.${meaning}`) }),
    onDone: () => setPhrase(""),
  });
  useMeaningKeys((meaning) => {
    if (!correct.isPending) correct.mutate(meaning);
  });
  return (
    <Stack gap="xs">
      <Text fw={600} size="sm">
        {t("itMeans")}
      </Text>
      <Group gap={6}>
        {meaningKeys.map(([meaning, key]) => (
          <Button
            key={meaning}
            size="compact-sm"
            variant={message.meaning === meaning ? "filled" : "default"}
            aria-pressed={message.meaning === meaning}
            loading={correct.isPending && correct.variables === meaning}
            onClick={() => correct.mutate(meaning)}
            rightSection={<Kbd size="xs">{key}</Kbd>}
          >
            {t(`meanings.${meaning}`)}
          </Button>
        ))}
      </Group>
      <TextInput
        size="xs"
        label={t("remember")}
        description={t("rememberHint")}
        maxLength={200}
        value={phrase}
        onChange={(event) => setPhrase(event.currentTarget.value)}
      />
    </Stack>
  );
}
