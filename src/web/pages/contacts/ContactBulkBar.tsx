import { Button, Menu } from "@mantine/core";
import { IconBan, IconDownload, IconPlaylistAdd, IconPlaylistX } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Channel, Selection as Chosen } from "../../api/types.ts";
import { BulkBar } from "../../components/BulkBar.tsx";
import { May } from "../../components/May.tsx";
import type { Selection } from "../../components/selection.ts";
import { ChangeListDialog } from "./ChangeListDialog.tsx";
import { exportAddress } from "./export.ts";
import { StopDialog } from "./StopDialog.tsx";
import { type ContactSearch, filterOf } from "./search.ts";

export type BulkStop = "deactivation" | Channel;
const channels = ["email", "sms", "whatsapp", "call"] as const;

interface ContactBulkBarProps {
  selection: Selection;
  search: ContactSearch;
  count: number | undefined;
  estimated: boolean;
  loaded: number;
  hasMore: boolean;
}

/** What can be done to the ticked contacts. */
export function ContactBulkBar({ selection, search, ...rest }: ContactBulkBarProps) {
  const { t } = useTranslation("contacts");
  const { t: common } = useTranslation();
  const [changing, setChanging] = useState<"add" | "remove" | null>(null);
  const [stopping, setStopping] = useState<BulkStop | null>(null);
  const chosen: Chosen =
    selection.mode === "all" ? { filter: filterOf(search) } : { ids: [...selection.ids] };
  return (
    <>
      <BulkBar selection={selection} {...rest}>
        <May permission="lists.edit">
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconPlaylistAdd size={16} />}
            onClick={() => setChanging("add")}
          >
            {t("bulk.addToList")}
          </Button>
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconPlaylistX size={16} />}
            onClick={() => setChanging("remove")}
          >
            {t("bulk.removeFromList")}
          </Button>
        </May>
        <Menu>
          <Menu.Target>
            <Button size="compact-sm" variant="default" leftSection={<IconBan size={16} />}>
              {t("bulk.stop")}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={() => setStopping("deactivation")}>
              {t("bulk.deactivate")}
            </Menu.Item>
            {channels.map((channel) => (
              <Menu.Item key={channel} onClick={() => setStopping(channel)}>
                {t("bulk.disturb", { channel: common(`channel.${channel}`) })}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
        {selection.mode === "all" && (
          <May permission="contacts.export">
            <Button
              size="compact-sm"
              variant="default"
              component="a"
              href={exportAddress(search)}
              download="contacts.csv"
              leftSection={<IconDownload size={16} />}
            >
              {t("export")}
            </Button>
          </May>
        )}
      </BulkBar>
      {changing && (
        <ChangeListDialog
          act={changing}
          selection={chosen}
          onClose={() => setChanging(null)}
          onDone={selection.clear}
        />
      )}
      {stopping && (
        <StopDialog
          stop={stopping}
          selection={chosen}
          search={search}
          onClose={() => setStopping(null)}
          onDone={selection.clear}
        />
      )}
    </>
  );
}
