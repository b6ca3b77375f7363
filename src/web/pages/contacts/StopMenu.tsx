import { Button, Menu } from "@mantine/core";
import { IconBan } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { BulkStop } from "./StopDialog.tsx";

const channels = ["email", "sms", "whatsapp", "call"] as const;

/** The ways to stop the ticked contacts. */
export function StopMenu({ onChoose }: { onChoose: (stop: BulkStop) => void }) {
  const { t } = useTranslation("contacts");
  const { t: common } = useTranslation();
  return (
    <Menu withinPortal={false}>
      <Menu.Target>
        <Button size="compact-sm" variant="default" leftSection={<IconBan size={16} />}>
          {t("bulk.stop")}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => onChoose({ kind: "deactivation", channel: null })}>
          {t("bulk.deactivate")}
        </Menu.Item>
        <Menu.Item onClick={() => onChoose({ kind: "do_not_contact", channel: null })}>
          {t("bulk.doNotContact")}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item onClick={() => onChoose({ kind: "do_not_disturb", channel: null })}>
          {t("bulk.disturb", { channel: t("bulk.everyChannel") })}
        </Menu.Item>
        {channels.map((channel) => (
          <Menu.Item key={channel} onClick={() => onChoose({ kind: "do_not_disturb", channel })}>
            {t("bulk.disturb", { channel: common(`channel.${channel}`) })}
          </Menu.Item>
        ))}
        <Menu.Divider />
        {(["email", "sms"] as const).map((channel) => (
          <Menu.Item key={channel} onClick={() => onChoose({ kind: "unsubscribe", channel })}>
            {t("bulk.unsubscribe", { channel: common(`channel.${channel}`) })}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
