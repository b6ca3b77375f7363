import { Alert, Badge, Button, Group, Image, Stack, Text, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { useAct } from "../../../api/act.ts";
import { answer, api } from "../../../api/client.ts";
import type { Answer, Me } from "../../../api/types.ts";
import { CopyText } from "../../../components/CopyText.tsx";
import { useErrorText } from "../../../components/use-error-text.ts";
import { Part } from "../Part.tsx";

type Offer = Answer<"/api/v1/me/totp", "post">;

/** Sets a second factor by QR code and a first code, or removes it with one. */
export function SecondFactor({ me }: { me: Me }) {
  const { t } = useTranslation("settings");
  const [offer, setOffer] = useState<Offer | null>(null);
  const [removing, setRemoving] = useState(false);
  const begin = useAct<Offer>({
    act: () => answer(api.POST("/api/v1/me/totp")),
    onDone: setOffer,
  });
  const confirm = useAct<unknown, string>({
    act: (code) => answer(api.POST("/api/v1/me/totp/confirmation", { body: { code } })),
    changes: [["me"]],
    ownError: true,
    done: t("account.factorSet"),
    onDone: () => setOffer(null),
  });
  const remove = useAct<unknown, string>({
    act: (code) => answer(api.DELETE("/api/v1/me/totp", { body: { code } })),
    changes: [["me"]],
    ownError: true,
    done: t("account.factorRemoved"),
    onDone: () => setRemoving(false),
  });
  return (
    <Part title={t("account.factor")} hint={t("account.factorHint")}>
      {me.totp_enabled ? (
        <>
          <Badge variant="dot" color="green">
            {t("account.factorOn")}
          </Badge>
          {removing ? (
            <CodeForm
              submit={t("account.factorRemove")}
              pending={remove.isPending}
              error={remove.error}
              onCode={(code) => remove.mutate(code)}
              onCancel={() => setRemoving(false)}
            />
          ) : (
            <Group>
              <Button variant="default" onClick={() => setRemoving(true)}>
                {t("account.factorRemove")}
              </Button>
            </Group>
          )}
        </>
      ) : offer ? (
        <Stack>
          <Text size="sm">{t("account.factorScan")}</Text>
          <Image
            src={`data:image/svg+xml;utf8,${encodeURIComponent(offer.qr_svg)}`}
            alt={t("account.qr")}
            w={200}
            h={200}
            bg="white"
          />
          <Text size="sm">{t("account.factorType")}</Text>
          <CopyText text={offer.secret} label={t("account.secret")} />
          <CodeForm
            submit={t("account.factorConfirm")}
            pending={confirm.isPending}
            error={confirm.error}
            onCode={(code) => confirm.mutate(code)}
            onCancel={() => setOffer(null)}
          />
        </Stack>
      ) : (
        <Group>
          <Button variant="default" loading={begin.isPending} onClick={() => begin.mutate()}>
            {t("account.factorBegin")}
          </Button>
        </Group>
      )}
    </Part>
  );
}

interface CodeFormProps {
  submit: string;
  pending: boolean;
  error: unknown;
  onCode: (code: string) => void;
  onCancel: () => void;
}

function CodeForm({ submit, pending, error, onCode, onCancel }: CodeFormProps) {
  const { t } = useTranslation("settings");
  const { t: common } = useTranslation();
  const errorText = useErrorText();
  const [code, setCode] = useState("");
  const send = (event: FormEvent) => {
    event.preventDefault();
    onCode(code.trim());
  };
  return (
    <form onSubmit={send}>
      <Stack gap="sm">
        <TextInput
          label={t("account.code")}
          inputMode="numeric"
          autoComplete="one-time-code"
          maxLength={8}
          maw={200}
          value={code}
          onChange={(event) => setCode(event.currentTarget.value)}
        />
        {error ? (
          <Alert color="red" role="alert">
            {errorText(error)}
          </Alert>
        ) : null}
        <Group>
          <Button type="submit" loading={pending} disabled={code.trim().length < 6}>
            {submit}
          </Button>
          <Button variant="default" onClick={onCancel}>
            {common("cancel")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
