import { Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Loaded } from "../../components/PageState.tsx";
import { StopList } from "../../components/StopList.tsx";
import { changedByStops, stopsQuery } from "./queries.ts";

/** Every stop ever made on the contact and its addresses, with its lift. */
export function StopsHistory({ contactId }: { contactId: string }) {
  const { t } = useTranslation("profile");
  const stops = useQuery(stopsQuery(contactId));
  return (
    <Loaded query={stops}>
      {({ items }) =>
        items.length === 0 ? (
          <Text>{t("stops.empty")}</Text>
        ) : (
          <StopList stops={items} changes={changedByStops} />
        )
      }
    </Loaded>
  );
}
