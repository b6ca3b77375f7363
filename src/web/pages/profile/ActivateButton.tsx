import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconPlayerPlay, IconPlayerStop } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { Contact } from "../../api/types.ts";
import { useWhyNot } from "../../components/May.tsx";
import { ActivateDialog } from "./ActivateDialog.tsx";
import { DeactivateDialog } from "./DeactivateDialog.tsx";
import { stopsQuery } from "./queries.ts";
import { useDeactivation } from "./use-deactivation.ts";

/** Activate or Deactivate, at the upper right of the profile. Who may not activate sees who may. */
export function ActivateButton({ contact }: { contact: Contact }) {
  const { t } = useTranslation("profile");
  const [asking, { open, close }] = useDisclosure();
  const { isPending } = useQuery(stopsQuery(contact.id));
  const stop = useDeactivation(contact.id);
  const whyNot = useWhyNot()("contacts.reactivate");
  if (isPending) return null;
  if (!stop) {
    return (
      <>
        <Button color="red" leftSection={<IconPlayerStop size={16} />} onClick={open}>
          {t("deactivate.button")}
        </Button>
        {asking && <DeactivateDialog contact={contact} onClose={close} />}
      </>
    );
  }
  return (
    <>
      <Button
        leftSection={<IconPlayerPlay size={16} />}
        onClick={open}
        // Not `disabled`: the reason must be reachable by keyboard.
        data-disabled={whyNot ? true : undefined}
        aria-disabled={whyNot !== undefined}
        title={whyNot}
        onClickCapture={(event) => whyNot && event.stopPropagation()}
      >
        {t("activate.button")}
      </Button>
      {asking && <ActivateDialog contact={contact} stop={stop} onClose={close} />}
    </>
  );
}
