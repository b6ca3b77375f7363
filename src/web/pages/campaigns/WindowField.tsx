import { Checkbox, Chip, Group, Select, Stack, Text, TextInput } from "@mantine/core";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { timeZones } from "./time-zones.ts";
import type { SendingWindow } from "./types.ts";
import { useWeekdays } from "./weekdays.ts";

interface WindowFieldProps {
  window: SendingWindow | null;
  timeZone: string;
  onChange: (part: { sending_window?: SendingWindow | null; time_zone?: string }) => void;
}

const workingHours: SendingWindow = { days: [1, 2, 3, 4, 5], from: "09:00", to: "17:00" };

/** On which days and between which times mail may go out. */
export function WindowField({ window, timeZone, onChange }: WindowFieldProps) {
  const { t } = useTranslation("campaigns");
  const weekdays = useWeekdays("short");
  const zones = useMemo(() => timeZones(timeZone), [timeZone]);
  const change = (part: Partial<SendingWindow>) => {
    if (window) onChange({ sending_window: { ...window, ...part } });
  };
  const problem =
    window && window.from >= window.to && window.to !== "00:00" ? t("window.order") : null;
  return (
    <Stack gap="sm">
      <Checkbox
        label={t("window.limited")}
        checked={window !== null}
        onChange={(event) =>
          onChange({ sending_window: event.currentTarget.checked ? workingHours : null })
        }
      />
      {window && (
        <>
          <fieldset style={{ border: 0, padding: 0, margin: 0 }}>
            <Text component="legend" size="sm" fw={500} mb={4}>
              {t("window.days")}
            </Text>
            <Chip.Group
              multiple
              value={window.days.map(String)}
              onChange={(days) => {
                if (days.length > 0) change({ days: days.map(Number).sort((a, b) => a - b) });
              }}
            >
              <Group gap={6}>
                {weekdays.map((name, index) => (
                  <Chip key={name} value={String(index + 1)} size="xs">
                    {name}
                  </Chip>
                ))}
              </Group>
            </Chip.Group>
          </fieldset>
          <Group align="flex-start">
            <TextInput
              label={t("window.from")}
              type="time"
              value={window.from}
              onChange={(event) => {
                if (event.currentTarget.value) change({ from: event.currentTarget.value });
              }}
            />
            <TextInput
              label={t("window.to")}
              description={window.to === "24:00" ? t("window.midnight") : undefined}
              type="time"
              // A day ends at 24:00, which time fields write as 00:00.
              value={window.to === "24:00" ? "00:00" : window.to}
              error={problem}
              onChange={(event) => {
                const { value } = event.currentTarget;
                if (value) change({ to: value === "00:00" ? "24:00" : value });
              }}
            />
          </Group>
        </>
      )}
      <Select
        label={t("timeZone")}
        data={zones}
        value={timeZone}
        onChange={(time_zone) => {
          if (time_zone) onChange({ time_zone });
        }}
        searchable
        allowDeselect={false}
        limit={50}
      />
    </Stack>
  );
}
