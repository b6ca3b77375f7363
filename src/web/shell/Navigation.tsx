import { Divider, NavLink, Stack } from "@mantine/core";
import { Link, useRouterState } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useMay } from "../app/session.tsx";
import { type Place, places } from "./places.ts";

/** The places at the left; those that the role may not see are not there. */
export function Navigation({ onLeave }: { onLeave: () => void }) {
  const may = useMay();
  const seen = places.filter((place) => place.permission === null || may(place.permission));
  return (
    <Stack justify="space-between" h="100%" gap={0}>
      <div>
        {seen
          .filter((place) => !place.below)
          .map((place) => (
            <PlaceLink key={place.to} place={place} onLeave={onLeave} />
          ))}
      </div>
      <div>
        <Divider my="xs" />
        {seen
          .filter((place) => place.below)
          .map((place) => (
            <PlaceLink key={place.to} place={place} onLeave={onLeave} />
          ))}
      </div>
    </Stack>
  );
}

function PlaceLink({ place, onLeave }: { place: Place; onLeave: () => void }) {
  const { t } = useTranslation("shell");
  const path = useRouterState({ select: (state) => state.location.pathname });
  const here = path === place.to || path.startsWith(`${place.to}/`);
  return (
    <NavLink
      component={Link}
      to={place.to}
      label={t(place.name)}
      leftSection={<place.icon size={18} stroke={1.6} aria-hidden />}
      active={here}
      aria-current={here ? "page" : undefined}
      onClick={onLeave}
      style={{ borderRadius: "var(--mantine-radius-sm)" }}
    />
  );
}
