import { ActionIcon, Anchor, Button, Group, Text } from "@mantine/core";
import { IconCalendarDown, IconPencil } from "@tabler/icons-react";
import { Fragment, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Pages } from "../../api/pages.ts";
import type { Appointment } from "../../api/types.ts";
import { useMay, useMe } from "../../app/session.tsx";
import { RowLink } from "../../components/RowLink.tsx";
import { useFormats } from "../../i18n/format.ts";
import classes from "../linked/Linked.module.css";
import { AppointmentDialog } from "./AppointmentDialog.tsx";

/** Appointments under the days on which they begin, by the workspace's clock. */
export function AppointmentList({ pages }: { pages: Pages<Appointment> }) {
  const { t } = useTranslation("appointments");
  const { day } = useFormats();
  const [editing, setEditing] = useState<Appointment | null>(null);
  const days = new Map<string, Appointment[]>();
  for (const each of pages.items) {
    const name = day(each.starts_at);
    days.set(name, [...(days.get(name) ?? []), each]);
  }
  return (
    <>
      {[...days].map(([name, appointments]) => (
        <Fragment key={name}>
          <h2 className={classes.day}>{name}</h2>
          <ul className={classes.items}>
            {appointments.map((each) => (
              <AppointmentItem key={each.id} appointment={each} onEdit={() => setEditing(each)} />
            ))}
          </ul>
        </Fragment>
      ))}
      {pages.hasMore && (
        <Button mt="sm" variant="default" onClick={pages.fetchMore} loading={pages.isFetchingMore}>
          {t("more")}
        </Button>
      )}
      {editing && <AppointmentDialog appointment={editing} onClose={() => setEditing(null)} />}
    </>
  );
}

function AppointmentItem({
  appointment,
  onEdit,
}: {
  appointment: Appointment;
  onEdit: () => void;
}) {
  const { t } = useTranslation("appointments");
  const { t: common } = useTranslation();
  const { clock } = useFormats();
  const mayEdit = useMay()("contacts.edit");
  const home = useMe().workspace.time_zone;
  const { id, title, starts_at, ends_at, time_zone, location, attendees } = appointment;
  return (
    <li>
      <Group wrap="nowrap" gap="sm" align="flex-start">
        <Text size="sm" w={110} fw={600}>
          <time dateTime={starts_at}>{clock(starts_at)}</time>–
          <time dateTime={ends_at}>{clock(ends_at)}</time>
        </Text>
        <div className={classes.main}>
          <Text size="sm" fw={600}>
            {title}
          </Text>
          <Text size="sm" c="dimmed">
            {location}
            {location && attendees.length > 0 && " · "}
            {attendees.map(({ contact, name, email }, index) => (
              <Fragment key={contact?.id ?? email}>
                {index > 0 && ", "}
                {contact ? (
                  <Anchor
                    component={RowLink}
                    to={`/contacts/${contact.id}?tab=appointments`}
                    inherit
                    underline="always"
                  >
                    {name}
                  </Anchor>
                ) : (
                  name || email
                )}
              </Fragment>
            ))}
          </Text>
          {time_zone !== home && (
            <Text size="xs" c="dimmed">
              {t("there", {
                from: clock(starts_at, time_zone),
                to: clock(ends_at, time_zone),
                zone: time_zone,
              })}
            </Text>
          )}
        </div>
        <ActionIcon
          component="a"
          href={`/api/v1/appointments/${id}.ics`}
          download
          variant="subtle"
          color="gray"
          c="inherit"
          title={t("calendar")}
          aria-label={t("calendarOf", { title })}
        >
          <IconCalendarDown size={16} />
        </ActionIcon>
        {mayEdit && (
          <ActionIcon
            variant="subtle"
            color="gray"
            c="inherit"
            aria-label={`${common("edit")}: ${title}`}
            onClick={onEdit}
          >
            <IconPencil size={16} />
          </ActionIcon>
        )}
      </Group>
    </li>
  );
}
