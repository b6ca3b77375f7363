import { Alert, Button, List, Modal, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconShieldCheck } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { answer, api } from "../../api/client.ts";
import { Failure } from "../../components/PageState.tsx";
import { useFormats } from "../../i18n/format.ts";

/** The button that recomputes the whole chain, and what it found. */
export function VerifyLedger() {
  const { t } = useTranslation("ledger");
  const [opened, { open, close }] = useDisclosure();
  const { number } = useFormats();
  const { data, error, isFetching, refetch } = useQuery({
    queryKey: ["ledger", "verification"],
    queryFn: () => answer(api.GET("/api/v1/ledger/verification")),
    enabled: false,
  });
  const verify = () => {
    open();
    void refetch();
  };
  return (
    <>
      <Button leftSection={<IconShieldCheck size={18} />} onClick={verify}>
        {t("verify")}
      </Button>
      <Modal opened={opened} onClose={close} title={t("verify")}>
        {isFetching ? (
          <Text role="status">{t("verifying")}</Text>
        ) : error ? (
          <Failure error={error} retry={verify} />
        ) : data?.valid ? (
          <Alert color="green" title={t("valid")} role="status">
            {t("validDetail", { entries: number(data.entries), blocks: number(data.blocks) })}
          </Alert>
        ) : data ? (
          <Alert color="red" title={t("broken")} role="alert">
            <Stack gap="xs">
              <Text size="sm">{t("brokenDetail")}</Text>
              <List size="sm">
                {data.problems.map((each) => (
                  <List.Item key={`${each.block} ${each.problem}`}>
                    {t("blockProblem", { block: each.block, problem: each.problem })}
                  </List.Item>
                ))}
              </List>
            </Stack>
          </Alert>
        ) : null}
      </Modal>
    </>
  );
}
