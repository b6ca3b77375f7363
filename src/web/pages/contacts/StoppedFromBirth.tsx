import { Alert, Button, Group, List, Modal, Stack, Text } from "@mantine/core";
import { IconBan } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Contact } from "../../api/types.ts";
import { nameOf } from "../../components/naming.ts";
import { channelState, useRefusalName } from "../../components/refusals.ts";

/** S6: whoever is created with a stopped address is stopped from birth, and the person is told so. */
export function StoppedFromBirth({ contact, onClose }: { contact: Contact; onClose: () => void }) {
  const { t } = useTranslation("contacts");
  const { t: common } = useTranslation();
  const refusalName = useRefusalName();
  const stopped = contact.sending_status.channels.filter(
    (each) => channelState(each.eligible, each.refusals) === "stopped",
  );
  return (
    <Modal opened onClose={onClose} title={t("create.title")}>
      <Stack>
        <Alert
          color="red"
          icon={<IconBan />}
          role="alert"
          title={t("create.stopped", { name: nameOf(contact) })}
        >
          <Text size="sm">{t("create.stoppedHint")}</Text>
          <List size="sm" mt="xs">
            {stopped.map((each) => (
              <List.Item key={each.channel}>
                {common("channelStopped", {
                  channel: common(`channel.${each.channel}`),
                  reasons: each.refusals.map(refusalName).join(", "),
                })}
              </List.Item>
            ))}
          </List>
        </Alert>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {common("close")}
          </Button>
          <Button component={Link} to={`/contacts/${contact.id}`} onClick={onClose}>
            {t("create.openProfile")}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
