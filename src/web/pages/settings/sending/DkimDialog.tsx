import { Radio, Select, Stack, Text, Textarea, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useTranslation } from "react-i18next";
import { useAct } from "../../../api/act.ts";
import { answer, api } from "../../../api/client.ts";
import { FormDialog } from "../../../components/FormDialog.tsx";
import type { Account } from "./types.ts";

/** A signing key: made here, or pasted. The record to publish stands on the account afterwards. */
export function DkimDialog({ account, onClose }: { account: Account; onClose: () => void }) {
  const { t } = useTranslation("settings");
  const { t: common } = useTranslation();
  const form = useForm({
    initialValues: {
      how: "generate" as "generate" | "paste" | "remove",
      domain: account.dkim?.domain ?? account.from_address.split("@")[1] ?? "",
      selector: account.dkim?.selector ?? "heed",
      algorithm: "rsa" as "rsa" | "ed25519",
      private_key: "",
    },
  });
  const { how, domain, selector, algorithm, private_key } = form.values;
  const save = useAct({
    act: () =>
      answer(
        api.PATCH("/api/v1/sending-accounts/{id}", {
          params: { path: { id: account.id } },
          body: {
            dkim:
              how === "remove"
                ? null
                : {
                    domain: domain.trim(),
                    selector: selector.trim(),
                    ...(how === "generate" ? { generate: true, algorithm } : { private_key }),
                  },
          },
        }),
      ),
    changes: [["sending-accounts"]],
    ownError: true,
    done: t("saved"),
    onDone: onClose,
  });
  return (
    <FormDialog
      opened
      onClose={onClose}
      size="lg"
      title={`DKIM: ${account.name}`}
      submit={common("save")}
      danger={how === "remove"}
      disabled={how === "paste" && private_key.trim() === ""}
      pending={save.isPending}
      error={save.error}
      onSubmit={() => save.mutate()}
    >
      <Text size="sm">{t("sending.dkimHint")}</Text>
      <Radio.Group label={t("sending.dkimKey")} {...form.getInputProps("how")}>
        <Stack gap={6} mt={4}>
          <Radio value="generate" label={t("sending.dkimGenerate")} />
          <Radio value="paste" label={t("sending.dkimPaste")} />
          {account.dkim && <Radio value="remove" label={t("sending.dkimRemove")} />}
        </Stack>
      </Radio.Group>
      {how !== "remove" && (
        <>
          <TextInput label={t("sending.dkimDomain")} required {...form.getInputProps("domain")} />
          <TextInput
            label={t("sending.dkimSelector")}
            required
            {...form.getInputProps("selector")}
          />
        </>
      )}
      {how === "generate" && (
        <Select
          label={t("sending.dkimAlgorithm")}
          data={[
            { value: "rsa", label: "RSA (2048)" },
            { value: "ed25519", label: "Ed25519" },
          ]}
          allowDeselect={false}
          {...form.getInputProps("algorithm")}
        />
      )}
      {how === "paste" && (
        <Textarea
          label={t("sending.dkimPrivate")}
          description={t("sending.dkimPrivateHint")}
          required
          autosize
          minRows={5}
          maxRows={12}
          spellCheck={false}
          styles={{ input: { fontFamily: "var(--mantine-font-family-monospace)" } }}
          {...form.getInputProps("private_key")}
        />
      )}
    </FormDialog>
  );
}
