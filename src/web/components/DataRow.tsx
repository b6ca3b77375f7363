import { memo } from "react";
import classes from "./DataTable.module.css";
import type { Column } from "./DataTable.tsx";

interface DataRowProps {
  id: string;
  row: unknown;
  selectLabel: string;
  index: number;
  columns: readonly Column<unknown>[];
  active: boolean;
  /** Undefined where nothing can be selected. */
  selected: boolean | undefined;
  onToggle: ((id: string) => void) | undefined;
  onActivate: (index: number) => void;
}

/** One row, drawn again only when something in it changed. */
export const DataRow = memo(function DataRow(props: DataRowProps) {
  return (
    <tr
      aria-rowindex={props.index + 2}
      data-active={props.active || undefined}
      data-selected={props.selected || undefined}
      onMouseDown={() => props.onActivate(props.index)}
    >
      {props.selected !== undefined && (
        <td className={classes.tick}>
          <input
            type="checkbox"
            aria-label={props.selectLabel}
            checked={props.selected}
            onChange={() => props.onToggle?.(props.id)}
          />
        </td>
      )}
      {props.columns.map((column) => (
        <td key={column.key} data-align={column.align}>
          {column.cell(props.row)}
        </td>
      ))}
    </tr>
  );
});
