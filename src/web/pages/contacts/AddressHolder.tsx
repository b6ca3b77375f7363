import { Anchor } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { ApiError } from "../../api/error.ts";

/** The way to the contact that has the address already, where the caller may see it. */
export function AddressHolder({ error, onOpen }: { error: ApiError | null; onOpen: () => void }) {
  const { t } = useTranslation("contacts");
  const holder = error?.code === "address_taken" ? error.details.contact_id : undefined;
  if (typeof holder !== "string") return null;
  return (
    <Anchor component={Link} to={`/contacts/${holder}`} onClick={onOpen} size="sm">
      {t("create.openHolder")}
    </Anchor>
  );
}
