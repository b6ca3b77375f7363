import { Button, Group, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { answer, api } from "../../../api/client.ts";
import type { SignUpForm } from "../../../api/types.ts";
import { CopyText } from "../../../components/CopyText.tsx";
import { Part } from "../Part.tsx";

interface FormCardProps {
  form: SignUpForm;
  onEdit: () => void;
  onArchive: () => void;
}

/** One form: what it does, its address, and what to paste into a website. */
export function FormCard({ form, onEdit, onArchive }: FormCardProps) {
  const { t } = useTranslation("forms");
  const { t: common } = useTranslation();
  const topics = useQuery({
    queryKey: ["topics"],
    queryFn: () => answer(api.GET("/api/v1/topics")),
  });
  const topic = topics.data?.items.find(({ id }) => id === form.topic_id)?.name;
  const facts = [
    t(`kinds.${form.kind}`),
    form.kind === "stop" && form.topic_id === null ? t("everyMail") : topic,
    form.fields.map((field) => t(`field.${field}`)).join(", ") || t("noFields"),
    form.kind === "subscribe" && t(form.double_opt_in ? "doubleOptIn" : "single"),
  ];
  const button = { size: "xs", variant: "default" } as const;
  return (
    <Part title={form.name} hint={facts.filter(Boolean).join(" · ")}>
      <div>
        <Text size="sm">{t("url")}</Text>
        <CopyText text={form.url} label={t("url")} />
      </div>
      <div>
        <Text size="sm">{t("snippet")}</Text>
        <CopyText text={form.snippet} label={t("snippet")} />
      </div>
      <Group gap="xs">
        <Button {...button} onClick={onEdit} aria-label={t("edit", { name: form.name })}>
          {common("edit")}
        </Button>
        <Button {...button} onClick={onArchive} aria-label={t("archiveNamed", { name: form.name })}>
          {t("archive")}
        </Button>
      </Group>
    </Part>
  );
}
