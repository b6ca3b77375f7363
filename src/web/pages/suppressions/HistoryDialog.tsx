import { Modal, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { answer, api } from "../../api/client.ts";
import { Loaded } from "../../components/PageState.tsx";
import { StopList } from "../../components/StopList.tsx";

/** The whole history of stops on an address or domain; lifts where allowed, else says who may. */
export function HistoryDialog({ address, onClose }: { address: string; onClose: () => void }) {
  const { t } = useTranslation("suppressions");
  const history = useQuery({
    queryKey: ["suppressions", "history", address],
    queryFn: () =>
      answer(api.GET("/api/v1/suppressions/history", { params: { query: { address } } })),
  });
  return (
    <Modal opened onClose={onClose} size="lg" title={t("historyOf", { address })}>
      <Loaded query={history}>
        {({ items }) =>
          items.length === 0 ? (
            <Text>{t("noHistory")}</Text>
          ) : (
            <StopList stops={items} changes={[["suppressions"], ["contacts"], ["ledger"]]} />
          )
        }
      </Loaded>
    </Modal>
  );
}
