import { Button, Group } from "@mantine/core";
import { DateInput } from "@mantine/dates";
import { useDisclosure } from "@mantine/hooks";
import { IconCalendarEvent, IconPlus } from "@tabler/icons-react";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { answer, api } from "../../api/client.ts";
import { usePages } from "../../api/pages.ts";
import type { Appointment } from "../../api/types.ts";
import { useMe } from "../../app/session.tsx";
import { May } from "../../components/May.tsx";
import { Page } from "../../components/Page.tsx";
import { Empty, Failure, Loading } from "../../components/PageState.tsx";
import { SearchField } from "../../components/SearchField.tsx";
import { nextHour, toInstant } from "../../i18n/wall-clock.ts";
import { AppointmentDialog } from "./AppointmentDialog.tsx";
import { AppointmentList } from "./AppointmentList.tsx";
import type { AppointmentSearch } from "./routes.tsx";

const route = getRouteApi("/shell/appointments");

/** The agenda: appointments day by day, from a day on. */
export function AppointmentsPage() {
  const { t } = useTranslation("appointments");
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const zone = useMe().workspace.time_zone;
  const [adding, add] = useDisclosure();
  const from = search.from ?? nextHour(zone, -1).slice(0, 10);
  const pages = usePages<Appointment>(["appointments", from, search.q], (cursor) =>
    answer(
      api.GET("/api/v1/appointments", {
        params: {
          query: { limit: 50, cursor, q: search.q, from: toInstant(`${from} 00:00:00`, zone) },
        },
      }),
    ),
  );
  const change = (next: AppointmentSearch) =>
    void navigate({ search: (before) => ({ ...before, ...next }), replace: true });
  return (
    <Page
      title={t("title")}
      description={t("description")}
      actions={
        <May permission="contacts.edit">
          <Button leftSection={<IconPlus size={16} />} onClick={add.open}>
            {t("add")}
          </Button>
        </May>
      }
    >
      <Group mb="sm" gap="xs">
        <SearchField
          label={t("search")}
          placeholder={t("hint")}
          value={search.q ?? ""}
          onSearch={(q) => change({ q: q || undefined })}
          w={{ base: "100%", xs: 300 }}
        />
        <DateInput
          aria-label={t("from")}
          leftSection={t("from")}
          leftSectionWidth={90}
          value={from}
          valueFormat="YYYY-MM-DD"
          onChange={(day) => change({ from: day ?? undefined })}
          w={220}
        />
      </Group>
      {pages.error ? (
        <Failure error={pages.error} retry={pages.refetch} />
      ) : pages.isPending ? (
        <Loading />
      ) : pages.items.length === 0 ? (
        <Empty
          icon={<IconCalendarEvent size={40} stroke={1.4} />}
          title={t(search.q ? "noMatch" : "empty")}
        >
          {search.q ? null : t("emptyHint")}
        </Empty>
      ) : (
        <AppointmentList pages={pages} />
      )}
      {adding && <AppointmentDialog onClose={add.close} />}
    </Page>
  );
}
