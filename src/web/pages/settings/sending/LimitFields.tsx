import { NumberInput, SimpleGrid } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { AccountForm } from "./use-account-form.ts";

/** How much an account may be given; empty is no limit. */
export function LimitFields({ form }: { form: AccountForm }) {
  const { t } = useTranslation("settings");
  const { t: provided } = useTranslation("providers");
  return (
    <SimpleGrid cols={{ base: 1, xs: 3 }}>
      <NumberInput
        label={t("sending.connections")}
        min={1}
        max={50}
        allowDecimal={false}
        {...form.getInputProps("connections")}
      />
      <NumberInput
        label={provided("perSecond")}
        placeholder={t("sending.noLimit")}
        min={1}
        max={100_000}
        allowDecimal={false}
        {...form.getInputProps("per_second")}
      />
      <NumberInput
        label={provided("perDay")}
        placeholder={t("sending.noLimit")}
        min={1}
        max={2_000_000_000}
        allowDecimal={false}
        {...form.getInputProps("per_day")}
      />
    </SimpleGrid>
  );
}
