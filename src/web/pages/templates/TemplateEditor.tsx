import { Alert, Button, SegmentedControl, SimpleGrid, Stack, Text, TextInput } from "@mantine/core";
import { useBlocker, useNavigate } from "@tanstack/react-router";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useAct } from "../../api/act.ts";
import { answer, api } from "../../api/client.ts";
import { May, useWhyNot } from "../../components/May.tsx";
import { Page } from "../../components/Page.tsx";
import { useErrorText } from "../../components/use-error-text.ts";
import { BodyField } from "./BodyField.tsx";
import { FieldMenu } from "./FieldMenu.tsx";
import { PreviewPane } from "./PreviewPane.tsx";
import { problemsIn, useProblemText } from "./problems.ts";
import type { Template, Written } from "./types.ts";
import { usePreview } from "./use-preview.ts";

const firstText =
  'Hello {{ contact.first_name | default: "there" }},\n\n\n\n{{ sender.name }}\n\nNo more mail from us: {{ unsubscribe_url }}\n';
const firstMjml = `<mjml>
  <mj-body>
    <mj-section>
      <mj-column>
        <mj-text>Hello {{ contact.first_name | default: "there" }}</mj-text>
        <mj-text font-size="12px"><a href="{{ unsubscribe_url }}">Unsubscribe</a></mj-text>
      </mj-column>
    </mj-section>
  </mj-body>
</mjml>
`;
const firstSms = 'Hello {{ contact.first_name | default: "there" }}, ';
const firstBodies: Readonly<Record<Written["format"], string>> = {
  text: firstText,
  mjml: firstMjml,
  sms: firstSms,
};
const beginnings: readonly string[] = [...Object.values(firstBodies), ""];

/** Writes a template beside its live preview. */
export function TemplateEditor({ template }: { template: Template | null }) {
  const { t } = useTranslation("templates");
  const { t: common } = useTranslation();
  const navigate = useNavigate();
  const errorText = useErrorText();
  const whyNot = useWhyNot()("templates.edit");
  const problemText = useProblemText();
  const saved: Written = template ?? { name: "", subject: "", format: "text", body: firstText };
  const [written, setWritten] = useState<Written>(saved);
  const [contactId, setContactId] = useState<string | null>(null);
  const [focused, setFocused] = useState<"subject" | "body">("body");
  const subject = useRef<HTMLInputElement>(null);
  const body = useRef<HTMLTextAreaElement>(null);
  const change = (part: Partial<Written>) => setWritten((before) => ({ ...before, ...part }));
  const dirty = (["name", "subject", "format", "body"] as const).some(
    (key) => written[key] !== saved[key],
  );
  const isMail = written.format !== "sms";
  const leaving = useRef(false);
  useBlocker({
    shouldBlockFn: () => dirty && !leaving.current && !window.confirm(t("leave")),
    enableBeforeUnload: () => dirty && !leaving.current,
  });
  const preview = usePreview(written, contactId);
  const save = useAct<Template>({
    act: () => {
      const content = {
        ...written,
        name: written.name.trim(),
        ...(isMail ? {} : { subject: "" }),
      };
      return template
        ? answer(
            api.PATCH("/api/v1/templates/{id}", {
              params: { path: { id: template.id } },
              body: content,
            }),
          )
        : answer(api.POST("/api/v1/templates", { body: content }));
    },
    changes: [["templates"]],
    ownError: true,
    done: t("saved"),
    onDone({ id }) {
      if (template) return;
      leaving.current = true;
      void navigate({ to: "/templates/$id", params: { id } });
    },
  });
  const refused = problemsIn(save.error);
  const problems = preview.data?.problems ?? [];
  const at = (field: "subject" | "body") => {
    const here = problems.filter((each) => each.field === field);
    return here.length === 0 ? null : here.map(problemText).join(" ");
  };
  const insert = (field: string) => {
    const target = focused === "subject" ? subject.current : body.current;
    if (!target) return;
    const { selectionStart: from, selectionEnd: to } = target;
    const text = written[focused];
    const start = from ?? text.length;
    change({ [focused]: text.slice(0, start) + field + text.slice(to ?? start) });
    requestAnimationFrame(() => {
      target.focus();
      target.setSelectionRange(start + field.length, start + field.length);
    });
  };
  const reformat = (format: Written["format"]) => {
    // Fields go into the content where there is no subject.
    if (format === "sms") setFocused("body");
    // A beginning that nobody touched follows the format; words that somebody wrote stay.
    const untouched = beginnings.includes(written.body);
    change({ format, ...(untouched ? { body: firstBodies[format] } : {}) });
  };
  return (
    <Page
      title={template ? template.name : t("new")}
      above={{ label: t("title"), to: "/templates" }}
      actions={
        <May permission="templates.edit">
          <Button
            loading={save.isPending}
            disabled={
              !dirty || written.name.trim() === "" || (isMail && written.subject.trim() === "")
            }
            onClick={() => save.mutate()}
          >
            {common("save")}
          </Button>
        </May>
      }
    >
      {whyNot && (
        <Alert color="gray" variant="default" mb="sm">
          {whyNot}
        </Alert>
      )}
      {save.error && refused.length === 0 && (
        <Alert color="red" role="alert" mb="sm">
          {errorText(save.error)}
        </Alert>
      )}
      {refused.length > 0 && (
        <Alert color="red" role="alert" mb="sm" title={t("notSaved")}>
          {refused.map(problemText).join(" ")}
        </Alert>
      )}
      <SimpleGrid cols={{ base: 1, lg: 2 }} style={{ alignItems: "start" }}>
        <Stack>
          <TextInput
            label={t("name")}
            required
            maxLength={200}
            readOnly={whyNot !== undefined}
            value={written.name}
            onChange={(event) => change({ name: event.currentTarget.value })}
          />
          <div>
            <Text size="sm" fw={500} mb={4} aria-hidden>
              {t("format")}
            </Text>
            <SegmentedControl
              aria-label={t("format")}
              data={[
                { value: "text", label: t("formats.text") },
                { value: "mjml", label: t("formats.mjml") },
                { value: "sms", label: t("formats.sms") },
              ]}
              disabled={whyNot !== undefined}
              value={written.format}
              onChange={(value) => reformat(value as Written["format"])}
            />
          </div>
          {isMail && (
            <TextInput
              ref={subject}
              label={t("subject")}
              required
              maxLength={1000}
              readOnly={whyNot !== undefined}
              value={written.subject}
              error={at("subject")}
              onFocus={() => setFocused("subject")}
              onChange={(event) => change({ subject: event.currentTarget.value })}
            />
          )}
          <BodyField
            ref={body}
            label={t("body")}
            mono={written.format === "mjml"}
            readOnly={whyNot !== undefined}
            value={written.body}
            error={at("body")}
            onFocus={() => setFocused("body")}
            onChange={(text) => change({ body: text })}
          />
          {whyNot === undefined && (
            <FieldMenu into={focused === "subject" ? t("subject") : t("body")} onInsert={insert} />
          )}
        </Stack>
        <PreviewPane preview={preview} contactId={contactId} onContact={setContactId} />
      </SimpleGrid>
    </Page>
  );
}
