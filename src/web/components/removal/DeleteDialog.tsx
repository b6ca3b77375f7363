import { Alert, SegmentedControl, Stack, Text, TextInput } from "@mantine/core";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { answer, api } from "../../api/client.ts";
import { ApiError } from "../../api/error.ts";
import type { RemovalPreview, Selection } from "../../api/types.ts";
import { useMay } from "../../app/session.tsx";
import { RemovalDialog } from "./RemovalDialog.tsx";

export type DeleteMode = "bin" | "erase";

interface DeleteDialogProps {
  selection: Selection;
  title?: string;
  /** What is chosen first; who may erase can change it. */
  mode?: DeleteMode;
  /** The selected list goes as well. */
  withList?: boolean;
  onStopInstead?: () => void;
  onClose: () => void;
  onDone?: () => void;
}

/** Deletes contacts into the bin, or erases them for good, after the whole effect was shown. */
export function DeleteDialog(props: DeleteDialogProps) {
  const { t } = useTranslation("removal");
  const may = useMay();
  const { selection, withList } = props;
  const [mode, setMode] = useState<DeleteMode>(props.mode ?? "bin");
  const [reference, setReference] = useState("");
  // Noted once, also when the confirmation has to be repeated.
  const request = useRef<{ id: string; reference: string } | null>(null);
  const ids = "ids" in selection ? selection.ids : [];
  const contactId = ids.length === 1 ? ids[0] : undefined;
  const one = contactId !== undefined;
  const erasing = mode === "erase";

  /** An erasure that somebody asked for is confirmed through their request, for its certificate. */
  async function throughRequest(preview: RemovalPreview): Promise<RemovalPreview> {
    const asked = reference.trim();
    if (!erasing || !contactId || asked === "") return preview;
    if (request.current?.reference !== asked) {
      const noted = await answer(
        api.POST("/api/v1/erasure-requests", { body: { reference: asked, contact_id: contactId } }),
      );
      request.current = { id: noted.id, reference: asked };
    }
    const again = await answer(
      api.POST("/api/v1/erasure-requests/{id}/preview", {
        params: { path: { id: request.current.id } },
      }),
    );
    // What was confirmed is what was shown.
    if (effectOf(again) !== effectOf(preview)) {
      throw new ApiError(409, "preview_changed", t("changedMeanwhile"));
    }
    return again;
  }
  const title = erasing
    ? one
      ? t("eraseOne")
      : t("eraseMany")
    : one
      ? t("deleteOne")
      : t("deleteMany");
  return (
    <RemovalDialog
      title={props.title ?? title}
      submit={erasing ? t("submitErase") : t("submitDelete")}
      previewKey={mode}
      preview={() =>
        answer(
          api.POST("/api/v1/deletions/preview", {
            body: { selection, mode, ...(withList ? { also: "list" as const } : {}) },
          }),
        )
      }
      confirm={async ({ preview, confirm, suppress }) => {
        const { token } = await throughRequest(preview);
        return answer(api.POST("/api/v1/deletions", { body: { token, confirm, suppress } }));
      }}
      withList={withList ?? false}
      onStopInstead={erasing ? undefined : props.onStopInstead}
      onClose={props.onClose}
      onDone={props.onDone}
    >
      {may("contacts.erase") && !withList && (
        <SegmentedControl
          aria-label={t("mode")}
          value={mode}
          onChange={(value) => setMode(value as DeleteMode)}
          data={[
            { value: "bin", label: t("toBin") },
            { value: "erase", label: t("forGood") },
          ]}
        />
      )}
      {erasing && (
        <Stack gap="sm">
          <Alert color="red">
            <Text size="sm">{t("eraseWarning")}</Text>
          </Alert>
          {one && (
            <TextInput
              label={t("reference")}
              description={t("referenceHint")}
              maxLength={200}
              value={reference}
              onChange={(event) => setReference(event.currentTarget.value)}
            />
          )}
        </Stack>
      )}
    </RemovalDialog>
  );
}

function effectOf({ digest, linked, people }: RemovalPreview): string {
  return JSON.stringify([digest, linked, people]);
}
