import { useTranslation } from "react-i18next";
import type { StopReceipt } from "../api/types.ts";

/** What a stop's receipt says of messages: cancelled ones, and those that could not be called back (S2). */
export function useReceiptText(): (receipts: readonly StopReceipt[]) => string {
  const { t } = useTranslation();
  return (receipts) => {
    const cancelled = receipts.reduce((sum, receipt) => sum + receipt.cancelled_messages, 0);
    const underWay = receipts.reduce((sum, receipt) => sum + receipt.under_way.length, 0);
    return [
      cancelled > 0 ? t("cancelled", { count: cancelled }) : "",
      underWay > 0 ? t("underWay", { count: underWay }) : "",
    ]
      .filter(Boolean)
      .join(" ");
  };
}
