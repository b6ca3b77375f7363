import { Button, Select, SimpleGrid, TextInput } from "@mantine/core";
import { DateTimePicker } from "@mantine/dates";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAct } from "../../api/act.ts";
import { answer, api } from "../../api/client.ts";
import type { Appointment } from "../../api/types.ts";
import { useMe } from "../../app/session.tsx";
import { type ChosenContact, ContactsChoice } from "../../components/ContactsChoice.tsx";
import { DeleteDialog } from "../../components/DeleteDialog.tsx";
import { FormDialog } from "../../components/FormDialog.tsx";
import { nextHour, toInstant, toWall } from "../../i18n/wall-clock.ts";
import { changedByAppointments } from "./changes.ts";

interface AppointmentDialogProps {
  /** The appointment to change; absent, a new one. */
  appointment?: Appointment;
  /** Whom a new one is with. */
  contact?: ChosenContact;
  onClose: () => void;
}

const zones = Intl.supportedValuesOf("timeZone");

/** Makes an appointment or changes one. Its times are those of the clocks where it takes place. */
export function AppointmentDialog({ appointment, contact, onClose }: AppointmentDialogProps) {
  const { t } = useTranslation("appointments");
  const { t: common } = useTranslation();
  const home = useMe().workspace.time_zone;
  const [title, setTitle] = useState(appointment?.title ?? "");
  const [zone, setZone] = useState(appointment?.time_zone ?? home);
  const [starts, setStarts] = useState<string | null>(
    appointment ? toWall(appointment.starts_at, zone) : nextHour(home),
  );
  const [ends, setEnds] = useState<string | null>(
    appointment ? toWall(appointment.ends_at, zone) : nextHour(home, 1),
  );
  const [location, setLocation] = useState(appointment?.location ?? "");
  const [contacts, setContacts] = useState<ChosenContact[]>(
    appointment
      ? appointment.attendees.flatMap((each) => each.contact ?? [])
      : contact
        ? [contact]
        : [],
  );
  const known = appointment?.attendees.filter((each) => each.contact === null) ?? [];
  const [guests, setGuests] = useState(known.map((each) => each.email).join(", "));
  const [tried, setTried] = useState(false);
  const [deleting, setDeleting] = useState(false);
  const save = useAct({
    act: async () => {
      const emails = guests.split(/[,;\s]+/).filter(Boolean);
      const attendees = [
        ...contacts.map(({ id }) => ({ contact_id: id })),
        ...emails.map((email) => ({
          email,
          name: known.find((each) => each.email === email)?.name ?? "",
        })),
      ];
      const body = {
        title: title.trim(),
        starts_at: toInstant(starts ?? "", zone),
        ends_at: toInstant(ends ?? "", zone),
        time_zone: zone,
        location: location.trim(),
        attendees,
      };
      return appointment
        ? answer(
            api.PATCH("/api/v1/appointments/{id}", {
              params: { path: { id: appointment.id } },
              body,
            }),
          )
        : answer(
            api.POST("/api/v1/contacts/{id}/appointments", {
              params: { path: { id: contacts[0]?.id ?? "" } },
              body: { ...body, attendees: attendees.slice(1) },
            }),
          );
    },
    changes: changedByAppointments,
    done: t("saved"),
    ownError: true,
    onDone: onClose,
  });
  const complete = title.trim() !== "" && starts !== null && ends !== null;
  const inOrder = starts !== null && ends !== null && starts < ends;
  const submit = () => {
    setTried(true);
    if (complete && inOrder && contacts.length > 0) save.mutate();
  };
  return (
    <FormDialog
      opened
      onClose={onClose}
      title={t(appointment ? "editTitle" : "addTitle")}
      submit={common(appointment ? "save" : "add")}
      size="lg"
      pending={save.isPending}
      error={save.error}
      onSubmit={submit}
    >
      <TextInput
        label={t("fields.title")}
        required
        data-autofocus
        maxLength={300}
        value={title}
        error={tried && !complete && t("need")}
        onChange={(event) => setTitle(event.currentTarget.value)}
      />
      <SimpleGrid cols={{ base: 1, xs: 2 }} style={{ alignItems: "end" }}>
        <DateTimePicker
          label={t("fields.starts")}
          value={starts}
          onChange={setStarts}
          valueFormat="YYYY-MM-DD HH:mm"
        />
        <DateTimePicker
          label={t("fields.ends")}
          value={ends}
          onChange={setEnds}
          valueFormat="YYYY-MM-DD HH:mm"
          error={tried && complete && !inOrder && t("order")}
        />
        <Select
          label={t("fields.zone")}
          description={t("fields.zoneHint")}
          data={zones.includes(zone) ? zones : [zone, ...zones]}
          value={zone}
          onChange={(chosen) => chosen && setZone(chosen)}
          searchable
        />
        <TextInput
          label={t("fields.location")}
          maxLength={500}
          value={location}
          onChange={(event) => setLocation(event.currentTarget.value)}
        />
      </SimpleGrid>
      <ContactsChoice
        label={t("fields.contact")}
        nothingFound={t("fields.nobody")}
        removeLabel={(name) => t("fields.remove", { name })}
        value={contacts}
        onChange={setContacts}
        {...(tried && contacts.length === 0 ? { description: t("needContact") } : {})}
      />
      <TextInput
        label={t("fields.guests")}
        description={t("fields.guestsHint")}
        value={guests}
        onChange={(event) => setGuests(event.currentTarget.value)}
      />
      {appointment && (
        <Button variant="subtle" color="red" c="var(--heed-red)" onClick={() => setDeleting(true)}>
          {t("deleteTitle")}
        </Button>
      )}
      {appointment && deleting && (
        <DeleteDialog
          title={t("deleteTitle")}
          text={t("deleteText", { title: appointment.title })}
          act={() =>
            answer(
              api.DELETE("/api/v1/appointments/{id}", { params: { path: { id: appointment.id } } }),
            )
          }
          changes={changedByAppointments}
          done={t("deleted")}
          onClose={() => setDeleting(false)}
          onDone={onClose}
        />
      )}
    </FormDialog>
  );
}
