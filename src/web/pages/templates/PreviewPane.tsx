import { Alert, Card, Stack, Tabs, Text, Title } from "@mantine/core";
import type { UseQueryResult } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { ContactChoice } from "../../components/ContactChoice.tsx";
import { MailFrame } from "../../components/MailFrame.tsx";
import { Failure, Loading } from "../../components/PageState.tsx";
import classes from "./PreviewPane.module.css";
import { useProblemText } from "./problems.ts";
import type { Preview } from "./types.ts";

interface PreviewPaneProps {
  preview: UseQueryResult<Preview, Error>;
  contactId: string | null;
  onContact: (id: string | null) => void;
}

/** What a recipient would see. */
export function PreviewPane({ preview, contactId, onContact }: PreviewPaneProps) {
  const { t } = useTranslation("templates");
  const problemText = useProblemText();
  const { data, error } = preview;
  return (
    <Card withBorder component="section" aria-labelledby="preview-title">
      <Stack gap="sm">
        <Title order={2} id="preview-title">
          {t("preview")}
        </Title>
        <ContactChoice
          label={t("previewAs")}
          placeholder={t("previewSample")}
          nothingFound={t("noContact")}
          value={contactId}
          onChange={onContact}
        />
        {error ? (
          <Failure error={error} retry={() => void preview.refetch()} />
        ) : !data ? (
          <Loading />
        ) : data.problems.length > 0 ? (
          <Alert color="red" title={t("cannotRender")} role="status">
            {data.problems.map((problem) => (
              <Text size="sm" key={`${problem.field} ${problem.line} ${problem.message}`}>
                {t(`fields.${problem.field}`)}: {problemText(problem)}
              </Text>
            ))}
          </Alert>
        ) : (
          <>
            {data.segments ? (
              <Text size="sm" c="dimmed">
                {t("segments", { count: data.segments.segments })} · {data.segments.units}{" "}
                {t(`encodings.${data.segments.encoding}`)}
              </Text>
            ) : (
              <Text>
                <Text span size="sm" c="dimmed">
                  {t("subject")}:{" "}
                </Text>
                <b>{data.subject || t("noSubject")}</b>
              </Text>
            )}
            <Tabs
              key={data.html === null ? "text" : "html"}
              defaultValue={data.html === null ? "text" : "html"}
            >
              <Tabs.List>
                {data.html !== null && <Tabs.Tab value="html">{t("asHtml")}</Tabs.Tab>}
                <Tabs.Tab value="text">{t("asText")}</Tabs.Tab>
              </Tabs.List>
              {data.html !== null && (
                <Tabs.Panel value="html" pt="sm">
                  <MailFrame title={t("previewFrame")} html={data.html} height="520px" />
                </Tabs.Panel>
              )}
              <Tabs.Panel value="text" pt="sm">
                {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard (WCAG 2.1.1) */}
                <pre className={classes.text} tabIndex={0}>
                  {data.text}
                </pre>
              </Tabs.Panel>
            </Tabs>
          </>
        )}
      </Stack>
    </Card>
  );
}
