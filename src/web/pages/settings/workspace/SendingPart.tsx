import { Checkbox, NumberInput, SimpleGrid } from "@mantine/core";
import type { GetInputPropsReturnType } from "@mantine/form";
import { useTranslation } from "react-i18next";
import { Part } from "../Part.tsx";

interface SendingPartProps {
  inputProps: (path: string, options?: { type: "checkbox" }) => GetInputPropsReturnType;
  readOnly: boolean;
}

/** Whom campaigns may reach, and what pauses them by itself. */
export function SendingPart({ inputProps, readOnly }: SendingPartProps) {
  const { t } = useTranslation("settings");
  const percent = { min: 0.01, max: 100, decimalScale: 2, step: 0.1 };
  const whole = { min: 1, allowDecimal: false };
  return (
    <Part title={t("workspace.sending")}>
      <Checkbox
        label={t("workspace.consent")}
        description={t("workspace.consentHint")}
        disabled={readOnly}
        {...inputProps("policy.consent_required", { type: "checkbox" })}
      />
      <Checkbox
        label={t("workspace.verify")}
        description={t("workspace.verifyHint")}
        disabled={readOnly}
        {...inputProps("policy.verify_addresses", { type: "checkbox" })}
      />
      <SimpleGrid
        cols={{ base: 1, xs: 2 }}
        role="group"
        aria-label={t("workspace.breaker")}
        style={{ alignItems: "end" }}
      >
        <NumberInput
          label={t("workspace.hardBouncePercent")}
          description={t("workspace.breaker")}
          disabled={readOnly}
          {...percent}
          {...inputProps("policy.breaker.hard_bounce_percent")}
        />
        <NumberInput
          label={t("workspace.complaintPercent")}
          disabled={readOnly}
          {...percent}
          {...inputProps("policy.breaker.complaint_percent")}
        />
        <NumberInput
          label={t("workspace.breakerDays")}
          disabled={readOnly}
          {...whole}
          max={90}
          {...inputProps("policy.breaker.days")}
        />
        <NumberInput
          label={t("workspace.breakerAtLeast")}
          description={t("workspace.breakerAtLeastHint")}
          disabled={readOnly}
          {...whole}
          max={1_000_000}
          {...inputProps("policy.breaker.at_least")}
        />
      </SimpleGrid>
    </Part>
  );
}
