import { Alert, FileInput, List, ScrollArea, Text, Textarea, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAct } from "../../api/act.ts";
import { answer, api } from "../../api/client.ts";
import { FormDialog } from "../../components/FormDialog.tsx";
import { useFormats } from "../../i18n/format.ts";

/** Suppresses a whole list, from a file or pasted; says which lines it could not read. */
export function ImportDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("suppressions");
  const { number } = useFormats();
  const [file, setFile] = useState<File | null>(null);
  const [pasted, setPasted] = useState("");
  const [because, setBecause] = useState("");
  const [missing, setMissing] = useState(false);
  const load = useAct({
    act: async () => {
      const text = file ? await file.text() : pasted;
      const reason = because.trim();
      return answer(
        api.POST("/api/v1/suppressions/imports", {
          body: { text, ...(reason ? { because: reason } : {}) },
        }),
      );
    },
    changes: [["suppressions"], ["contacts"], ["ledger"]],
    done: ({ added, already, rejected }) =>
      t("import.done", {
        added: number(added),
        already: number(already),
        rejected: number(rejected.length),
      }),
    ownError: true,
    onDone: ({ rejected }) => {
      if (rejected.length === 0) onClose();
    },
  });
  const submit = () => {
    const complete = file !== null || pasted.trim() !== "";
    setMissing(!complete);
    if (complete) load.mutate();
  };
  const rejected = load.data?.rejected ?? [];
  return (
    <FormDialog
      opened
      onClose={onClose}
      title={t("import.title")}
      submit={t("import.submit")}
      danger
      pending={load.isPending}
      error={load.error}
      onSubmit={submit}
    >
      <Text size="sm">{t("import.text")}</Text>
      <FileInput
        label={t("import.file")}
        accept=".csv,.txt,text/csv,text/plain"
        value={file}
        onChange={setFile}
        clearable
      />
      <Textarea
        label={t("import.lines")}
        value={pasted}
        disabled={file !== null}
        error={missing && t("import.needed")}
        autosize
        minRows={3}
        maxRows={10}
        onChange={(event) => setPasted(event.currentTarget.value)}
      />
      <TextInput
        label={t("import.because")}
        maxLength={2000}
        value={because}
        onChange={(event) => setBecause(event.currentTarget.value)}
      />
      {rejected.length > 0 && (
        <Alert color="yellow" title={t("import.rejected")} role="alert">
          <ScrollArea.Autosize mah={160} viewportProps={{ tabIndex: 0 }}>
            <List size="sm">
              {rejected.map((each) => (
                <List.Item key={each.line}>
                  {t("import.line", { line: each.line, reason: each.reason })}
                </List.Item>
              ))}
            </List>
          </ScrollArea.Autosize>
        </Alert>
      )}
    </FormDialog>
  );
}
