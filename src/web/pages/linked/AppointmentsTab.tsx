import { Button, Group } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconPlus } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { answer, api } from "../../api/client.ts";
import { usePages } from "../../api/pages.ts";
import type { Appointment } from "../../api/types.ts";
import type { ChosenContact } from "../../components/ContactsChoice.tsx";
import { May } from "../../components/May.tsx";
import { Empty, Failure, Loading } from "../../components/PageState.tsx";
import { AppointmentDialog } from "../appointments/AppointmentDialog.tsx";
import { AppointmentList } from "../appointments/AppointmentList.tsx";

/** A contact's appointments, the latest first. */
export function AppointmentsTab({ contact }: { contact: ChosenContact }) {
  const { t } = useTranslation("linked");
  const { t: appointments } = useTranslation("appointments");
  const [adding, add] = useDisclosure();
  const pages = usePages<Appointment>(["appointments", "of", contact.id], (cursor) =>
    answer(
      api.GET("/api/v1/contacts/{id}/appointments", {
        params: { path: { id: contact.id }, query: { limit: 30, cursor } },
      }),
    ),
  );
  return (
    <>
      <May permission="contacts.edit">
        <Group justify="flex-end">
          <Button size="xs" leftSection={<IconPlus size={14} />} onClick={add.open}>
            {appointments("add")}
          </Button>
        </Group>
      </May>
      {pages.error ? (
        <Failure error={pages.error} retry={pages.refetch} />
      ) : pages.isPending ? (
        <Loading />
      ) : pages.items.length === 0 ? (
        <Empty title={t("appointments.empty")} />
      ) : (
        <AppointmentList pages={pages} />
      )}
      {adding && <AppointmentDialog contact={contact} onClose={add.close} />}
    </>
  );
}
