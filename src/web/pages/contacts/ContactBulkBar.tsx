import { Button } from "@mantine/core";
import {
  IconDownload,
  IconPencil,
  IconPlayerSkipForward,
  IconPlaylistAdd,
  IconPlaylistX,
  IconTrash,
} from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Selection as Chosen } from "../../api/types.ts";
import { BulkBar } from "../../components/BulkBar.tsx";
import { May } from "../../components/May.tsx";
import { DeleteDialog } from "../../components/removal/DeleteDialog.tsx";
import type { Selection } from "../../components/selection.ts";
import { BulkEditDialog } from "./BulkEditDialog.tsx";
import { ChangeListDialog } from "./ChangeListDialog.tsx";
import { ExportTicked } from "./ExportTicked.tsx";
import { exportAddress } from "./export.ts";
import { RemoveFollowUpsDialog } from "./RemoveFollowUpsDialog.tsx";
import { type BulkStop, StopDialog } from "./StopDialog.tsx";
import { StopMenu } from "./StopMenu.tsx";
import { type ContactSearch, filterOf } from "./search.ts";

type Act = "add" | "remove" | "edit" | "follow-up" | "delete" | BulkStop;

interface ContactBulkBarProps {
  selection: Selection;
  search: ContactSearch;
  count: number | undefined;
  estimated: boolean;
  loaded: number;
  hasMore: boolean;
}

/** What can be done to the ticked contacts, or to all that match. */
export function ContactBulkBar({ selection, search, ...rest }: ContactBulkBarProps) {
  const { t } = useTranslation("contacts");
  const [act, setAct] = useState<Act | null>(null);
  const chosen: Chosen =
    selection.mode === "all" ? { filter: filterOf(search) } : { ids: [...selection.ids] };
  const button = { size: "compact-sm", variant: "default" } as const;
  return (
    <>
      <BulkBar selection={selection} {...rest}>
        <May permission="lists.edit">
          <Button
            {...button}
            leftSection={<IconPlaylistAdd size={16} />}
            onClick={() => setAct("add")}
          >
            {t("bulk.addToList")}
          </Button>
          <Button
            {...button}
            leftSection={<IconPlaylistX size={16} />}
            onClick={() => setAct("remove")}
          >
            {t("bulk.removeFromList")}
          </Button>
        </May>
        <May permission="contacts.edit">
          <Button {...button} leftSection={<IconPencil size={16} />} onClick={() => setAct("edit")}>
            {t("bulk.edit")}
          </Button>
        </May>
        <StopMenu onChoose={setAct} />
        <Button
          {...button}
          leftSection={<IconPlayerSkipForward size={16} />}
          onClick={() => setAct("follow-up")}
        >
          {t("bulk.removeFollowUp")}
        </Button>
        <May permission="contacts.export">
          {selection.mode === "all" ? (
            <Button
              {...button}
              component="a"
              href={exportAddress(search)}
              download="contacts.csv"
              leftSection={<IconDownload size={16} />}
            >
              {t("export")}
            </Button>
          ) : (
            <ExportTicked ids={[...selection.ids]} />
          )}
        </May>
        <May permission="contacts.delete">
          <Button
            {...button}
            leftSection={<IconTrash size={16} color="var(--mantine-color-error)" />}
            onClick={() => setAct("delete")}
          >
            {t("bulk.delete")}
          </Button>
        </May>
      </BulkBar>
      {act !== null && (
        <ActDialog
          act={act}
          selection={chosen}
          onStopInstead={() => setAct({ kind: "deactivation", channel: null })}
          onClose={() => setAct(null)}
          onDone={selection.clear}
        />
      )}
    </>
  );
}

interface ActDialogProps {
  act: Act;
  selection: Chosen;
  onStopInstead: () => void;
  onClose: () => void;
  onDone: () => void;
}

function ActDialog({ act, onStopInstead, ...rest }: ActDialogProps) {
  if (typeof act === "object") return <StopDialog stop={act} {...rest} />;
  if (act === "edit") return <BulkEditDialog {...rest} />;
  if (act === "follow-up") return <RemoveFollowUpsDialog {...rest} />;
  if (act === "delete") return <DeleteDialog onStopInstead={onStopInstead} {...rest} />;
  return <ChangeListDialog act={act} {...rest} />;
}
