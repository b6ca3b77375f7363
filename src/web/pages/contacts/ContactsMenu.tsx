import { ActionIcon, Menu } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconDots, IconUserOff } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useWhyNot } from "../../components/May.tsx";
import { UnengagedDialog } from "./UnengagedDialog.tsx";

/** What is seldom done with all contacts; what the role may not do says who may. */
export function ContactsMenu() {
  const { t } = useTranslation("contacts");
  const whyNot = useWhyNot()("lists.edit");
  const [suggesting, { open, close }] = useDisclosure();
  return (
    <>
      <Menu position="bottom-end" width={240} withinPortal={false}>
        <Menu.Target>
          <ActionIcon variant="default" size="lg" aria-label={t("unengaged.menu")}>
            <IconDots size={18} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            leftSection={<IconUserOff size={16} />}
            disabled={whyNot !== undefined}
            title={whyNot}
            onClick={open}
          >
            {t("unengaged.open")}
            {whyNot && <span className="visually-hidden">{whyNot}</span>}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {suggesting && <UnengagedDialog onClose={close} />}
    </>
  );
}
