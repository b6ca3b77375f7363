import { ActionIcon, Menu } from "@mantine/core";
import {
  IconArrowMerge,
  IconArrowsSplit,
  IconDots,
  IconEraser,
  IconTrash,
} from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Contact } from "../../api/types.ts";
import { useWhyNot } from "../../components/May.tsx";
import { DeleteDialog } from "../../components/removal/DeleteDialog.tsx";
import { DeactivateDialog } from "./DeactivateDialog.tsx";
import { MergeDialog } from "./MergeDialog.tsx";
import { UnmergeDialog } from "./UnmergeDialog.tsx";
import { useLastMerge } from "./use-last-merge.ts";

type Act = "bin" | "erase" | "merge" | "unmerge" | "deactivate";

/** What is done to a contact as a whole; what the role may not do says who may. */
export function ProfileMenu({ contact }: { contact: Contact }) {
  const { t } = useTranslation("profileMenu");
  const navigate = useNavigate();
  const whyNot = useWhyNot();
  const [act, setAct] = useState<Act | null>(null);
  const merged = useLastMerge(contact.id);
  const close = () => setAct(null);
  const item = (does: Act, permission: string, icon: ReactNode) => {
    const why = whyNot(permission);
    return (
      <Menu.Item
        leftSection={icon}
        disabled={why !== undefined}
        title={why}
        onClick={() => setAct(does)}
      >
        {t(`menu.${does}`)}
        {why && <span className="visually-hidden">{why}</span>}
      </Menu.Item>
    );
  };
  return (
    <>
      <Menu position="bottom-end" width={240} withinPortal={false}>
        <Menu.Target>
          <ActionIcon variant="default" size="lg" aria-label={t("menu.label")}>
            <IconDots size={18} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {item("merge", "contacts.edit", <IconArrowMerge size={16} />)}
          {merged && item("unmerge", "contacts.edit", <IconArrowsSplit size={16} />)}
          <Menu.Divider />
          {item(
            "bin",
            "contacts.delete",
            <IconTrash size={16} color="var(--mantine-color-error)" />,
          )}
          {item(
            "erase",
            "contacts.erase",
            <IconEraser size={16} color="var(--mantine-color-error)" />,
          )}
        </Menu.Dropdown>
      </Menu>
      {(act === "bin" || act === "erase") && (
        <DeleteDialog
          selection={{ ids: [contact.id] }}
          mode={act}
          onStopInstead={() => setAct("deactivate")}
          onClose={close}
          onDone={() => void navigate({ to: "/contacts" })}
        />
      )}
      {act === "deactivate" && <DeactivateDialog contact={contact} onClose={close} />}
      {act === "merge" && <MergeDialog contact={contact} onClose={close} />}
      {act === "unmerge" && merged && (
        <UnmergeDialog contact={contact} otherId={merged} onClose={close} />
      )}
    </>
  );
}
