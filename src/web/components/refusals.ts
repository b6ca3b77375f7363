import { useCallback } from "react";
import { useTranslation } from "react-i18next";

const codes = [
  "in_bin",
  "deactivated",
  "no_address",
  "address_invalid",
  "quarantined",
  "suppressed",
  "unsubscribed",
  "do_not_disturb",
  "do_not_contact",
  "no_consent",
  "excluded",
] as const;

/** What stands in the way, in words; a code that this UI does not know yet stands for itself. */
export function useRefusalName(): (code: string) => string {
  const { t } = useTranslation();
  return useCallback(
    (code: string) => {
      const known = codes.find((each) => each === code);
      return known ? t(`refusal.${known}`) : code;
    },
    [t],
  );
}

/** `absent`: nothing is stopped, there is only nowhere to write to. */
export function channelState(
  eligible: boolean,
  refusals: readonly string[],
): "open" | "stopped" | "absent" {
  if (eligible) return "open";
  return refusals.every((code) => code === "no_address") ? "absent" : "stopped";
}
