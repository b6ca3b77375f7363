import { ActionIcon, Menu } from "@mantine/core";
import { IconDots } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { answer, api } from "../../api/client.ts";
import type { List } from "../../api/types.ts";
import { useMay } from "../../app/session.tsx";
import { DeleteDialog } from "../../components/removal/DeleteDialog.tsx";
import { RemovalDialog } from "../../components/removal/RemovalDialog.tsx";
import { StopDialog } from "../contacts/StopDialog.tsx";

type Act = "clear" | "clear-keeping" | "delete" | "delete-list" | "stop";

interface ListMenuProps {
  list: List;
  /** How many members are ticked. */
  ticked: boolean;
  onRemoveTicked: () => void;
}

/** What empties a list: taking its contacts off it, or deleting them, alone or with the list. */
export function ListMenu({ list, ticked, onRemoveTicked }: ListMenuProps) {
  const { t } = useTranslation("lists");
  const may = useMay();
  const navigate = useNavigate();
  const [act, setAct] = useState<Act | null>(null);
  const close = () => setAct(null);
  const selection = { list_id: list.id };
  return (
    <>
      <Menu position="bottom-end" withinPortal={false}>
        <Menu.Target>
          <ActionIcon variant="default" size="lg" aria-label={t("menu.label")}>
            <IconDots size={18} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {may("lists.edit") && (
            <Menu.Item disabled={!ticked} onClick={onRemoveTicked}>
              {t("menu.removeTicked")}
            </Menu.Item>
          )}
          {may("contacts.delete") && (
            <>
              <Menu.Item onClick={() => setAct("clear")}>{t("menu.clear")}</Menu.Item>
              <Menu.Item onClick={() => setAct("clear-keeping")}>
                {t("menu.clearKeeping")}
              </Menu.Item>
              <Menu.Divider />
              <Menu.Item onClick={() => setAct("delete")}>{t("menu.delete")}</Menu.Item>
              <Menu.Item onClick={() => setAct("delete-list")}>{t("menu.deleteList")}</Menu.Item>
            </>
          )}
        </Menu.Dropdown>
      </Menu>
      {(act === "clear" || act === "clear-keeping") && (
        <ClearDialog list={list} keepExclusions={act === "clear-keeping"} onClose={close} />
      )}
      {(act === "delete" || act === "delete-list") && (
        <DeleteDialog
          selection={selection}
          title={t(act === "delete" ? "menu.deleteTitle" : "menu.deleteListTitle", {
            name: list.name,
          })}
          withList={act === "delete-list"}
          onStopInstead={() => setAct("stop")}
          onClose={close}
          onDone={() => {
            if (act === "delete-list") void navigate({ to: "/lists" });
          }}
        />
      )}
      {act === "stop" && (
        <StopDialog
          stop={{ kind: "deactivation", channel: null }}
          selection={selection}
          onClose={close}
          onDone={close}
        />
      )}
    </>
  );
}

interface ClearDialogProps {
  list: List;
  keepExclusions: boolean;
  onClose: () => void;
}

/** Takes all contacts off a list, with its exclusions kept or ended; nobody is deleted. */
function ClearDialog({ list, keepExclusions, onClose }: ClearDialogProps) {
  const { t } = useTranslation("lists");
  const { t: removal } = useTranslation("removal");
  const params = { path: { id: list.id } };
  return (
    <RemovalDialog
      title={t(keepExclusions ? "menu.clearKeepingTitle" : "menu.clearTitle", { name: list.name })}
      submit={removal("submitClear")}
      keepExclusions={keepExclusions}
      preview={() =>
        answer(
          api.POST("/api/v1/lists/{id}/clearing/preview", {
            params,
            body: { keep_exclusions: keepExclusions },
          }),
        )
      }
      confirm={({ preview, confirm }) =>
        answer(
          api.POST("/api/v1/lists/{id}/clearing", {
            params,
            body: { token: preview.token, confirm },
          }),
        )
      }
      onClose={onClose}
    />
  );
}
