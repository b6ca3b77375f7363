import { useLocalStorage } from "@mantine/hooks";
import { useMemo } from "react";
import type { Column } from "./DataTable.tsx";

/** Which columns of a table are shown, remembered in this browser. */
export function useChosenColumns<T>(
  table: string,
  columns: readonly Column<T>[],
  first: readonly string[],
) {
  const [chosen, setChosen] = useLocalStorage<string[]>({
    key: `heed-columns-${table}`,
    defaultValue: [...first],
    getInitialValueInEffect: false,
  });
  const shown = useMemo(
    () => columns.filter((column) => chosen.includes(column.key)),
    [columns, chosen],
  );
  const toggle = (key: string) =>
    setChosen((before) =>
      before.includes(key) ? before.filter((each) => each !== key) : [...before, key],
    );
  return { shown, chosen, toggle };
}
