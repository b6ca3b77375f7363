import { Button, Group, Text } from "@mantine/core";
import { IconFileUpload } from "@tabler/icons-react";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import classes from "./DropZone.module.css";

interface DropZoneProps {
  onFile: (file: File) => void;
  pending: boolean;
}

/** Takes a file that is dropped or chosen. */
export function DropZone({ onFile, pending }: DropZoneProps) {
  const { t } = useTranslation("imports");
  const [over, setOver] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const take = (files: FileList | null) => {
    const file = files?.[0];
    if (file && !pending) onFile(file);
    if (field.current) field.current.value = "";
  };
  return (
    <section
      className={classes.zone}
      data-over={over || undefined}
      aria-label={t("upload")}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        take(event.dataTransfer.files);
      }}
    >
      <Group gap="sm" justify="center">
        <IconFileUpload size={28} stroke={1.4} aria-hidden />
        <Text size="sm" role="status">
          {pending ? t("uploading") : t("drop")}
        </Text>
        <Button loading={pending} onClick={() => field.current?.click()}>
          {t("choose")}
        </Button>
      </Group>
      <input
        ref={field}
        type="file"
        accept=".csv,.tsv,.txt,text/csv,text/plain"
        hidden
        aria-label={t("upload")}
        onChange={(event) => take(event.currentTarget.files)}
      />
    </section>
  );
}
