import { Button, Menu } from "@mantine/core";
import { IconColumns3 } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

interface ColumnChoiceProps {
  /** The columns that can be left out. */
  columns: readonly { key: string; title: string }[];
  chosen: readonly string[];
  toggle: (key: string) => void;
}

export function ColumnChoice({ columns, chosen, toggle }: ColumnChoiceProps) {
  const { t } = useTranslation();
  return (
    <Menu closeOnItemClick={false} position="bottom-end">
      <Menu.Target>
        <Button variant="default" leftSection={<IconColumns3 size={16} />}>
          {t("columns")}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {columns.map((column) => {
          const on = chosen.includes(column.key);
          return (
            <Menu.CheckboxItem key={column.key} checked={on} onChange={() => toggle(column.key)}>
              {column.title}
            </Menu.CheckboxItem>
          );
        })}
      </Menu.Dropdown>
    </Menu>
  );
}
