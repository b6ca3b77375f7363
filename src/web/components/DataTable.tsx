import { Text } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { useVirtualizer } from "@tanstack/react-virtual";
import { type ReactNode, useEffect, useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import { DataRow } from "./DataRow.tsx";
import classes from "./DataTable.module.css";
import type { Selection } from "./selection.ts";
import { useRowKeys } from "./use-row-keys.ts";

export interface Column<T> {
  key: string;
  title: string;
  /** CSS width; absent, the column shares what is left. */
  width?: string;
  /** Plain HTML: a Mantine component in each cell makes scrolling stutter. */
  cell: (row: T) => ReactNode;
  /** The API's `sort` value; absent, the column does not sort. */
  sort?: string;
  /** False hides it on a narrow screen. */
  narrow?: boolean;
  align?: "right";
}

export interface DataTableProps<T> {
  /** What the table holds, for screen readers. */
  label: string;
  columns: readonly Column<T>[];
  rows: readonly T[];
  rowId: (row: T) => string;
  /** What a row is called, for its checkbox. */
  rowName?: (row: T) => string;
  /** How many rows there are in all, when known. */
  count?: number | undefined;
  selection?: Selection;
  /** The API's sort value, "-" before it for descending. */
  sort?: string;
  onSort?: (sort: string) => void;
  onOpen?: (row: T) => void;
  hasMore?: boolean;
  isFetchingMore?: boolean;
  fetchMore?: () => void;
}

const rowHeight = 44;

/**
 * A table that holds any number of rows: only those on screen are drawn, and the
 * next page is fetched before its end is reached. Keys: j k move, x selects, Enter opens.
 */
export function DataTable<T>(props: DataTableProps<T>) {
  const { t } = useTranslation();
  const { rows, selection, hasMore = false, isFetchingMore = false, fetchMore } = props;
  const isNarrow = useMediaQuery("(max-width: 48em)");
  const columns = useMemo(
    () => (isNarrow ? props.columns.filter((column) => column.narrow !== false) : props.columns),
    [isNarrow, props.columns],
  );
  const scroller = useRef<HTMLElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 8,
  });
  const shown = virtual.getVirtualItems();
  const last = shown.at(-1)?.index ?? -1;
  useEffect(() => {
    if (hasMore && !isFetchingMore && last >= rows.length - 20) fetchMore?.();
  }, [hasMore, isFetchingMore, last, rows.length, fetchMore]);

  const { active, setActive } = useRowKeys({
    length: rows.length,
    show: (index) => virtual.scrollToIndex(index),
    onSelect: (index) => {
      const row = rows[index];
      if (row !== undefined) selection?.toggle(props.rowId(row));
    },
    onEscape: () => selection?.clear(),
    onOpen: (index) => {
      const row = rows[index];
      if (row !== undefined) props.onOpen?.(row);
    },
  });

  const before = shown[0]?.start ?? 0;
  const after = virtual.getTotalSize() - (shown.at(-1)?.end ?? 0);
  const span = columns.length + (selection ? 1 : 0);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard (WCAG 2.1.1)
    <section ref={scroller} className={classes.scroller} tabIndex={0} aria-label={props.label}>
      <table className={classes.table} aria-rowcount={hasMore ? -1 : rows.length + 1}>
        <thead>
          <tr aria-rowindex={1}>
            {selection && <SelectAll selection={selection} ids={rows.map(props.rowId)} />}
            {columns.map((column) => (
              <HeadCell key={column.key} column={column} sort={props.sort} onSort={props.onSort} />
            ))}
          </tr>
        </thead>
        <tbody>
          {before > 0 && <Spacer height={before} span={span} />}
          {shown.map(({ index }) => {
            const row = rows[index] as T;
            const id = props.rowId(row);
            return (
              <DataRow
                key={id}
                id={id}
                row={row}
                selectLabel={selection ? t("selectRow", { name: props.rowName?.(row) ?? id }) : ""}
                index={index}
                columns={columns as readonly Column<unknown>[]}
                active={index === active}
                selected={selection ? selection.mode === "all" || selection.has(id) : undefined}
                onToggle={selection?.toggle}
                onActivate={setActive}
              />
            );
          })}
          {after > 0 && <Spacer height={after} span={span} />}
        </tbody>
      </table>
      {isFetchingMore && (
        <Text size="sm" c="dimmed" p="sm" role="status">
          {t("loadingMore")}
        </Text>
      )}
    </section>
  );
}

function Spacer({ height, span }: { height: number; span: number }) {
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a row is not focusable; a screen reader must not count this one
    <tr aria-hidden="true">
      <td colSpan={span} style={{ height, padding: 0, border: 0 }} />
    </tr>
  );
}

function SelectAll({ selection, ids }: { selection: Selection; ids: string[] }) {
  const { t } = useTranslation();
  const every = ids.length > 0 && (selection.mode === "all" || ids.every(selection.has));
  return (
    <th scope="col" className={classes.tick}>
      <input
        type="checkbox"
        aria-label={t("selectAllShown")}
        checked={every}
        ref={(box) => {
          if (box) box.indeterminate = !every && selection.ids.size > 0;
        }}
        onChange={() => (selection.mode === "all" ? selection.clear() : selection.toggleAll(ids))}
      />
    </th>
  );
}

interface HeadCellProps<T> {
  column: Column<T>;
  sort: string | undefined;
  onSort: ((sort: string) => void) | undefined;
}

function HeadCell<T>({ column, sort, onSort }: HeadCellProps<T>) {
  const { t } = useTranslation();
  const ascending = sort !== undefined && sort === column.sort;
  const descending = sort !== undefined && sort === `-${column.sort}`;
  const attributes = {
    scope: "col" as const,
    style: column.width ? { width: column.width } : undefined,
    "data-align": column.align,
  };
  if (!column.sort || !onSort) return <th {...attributes}>{column.title}</th>;
  return (
    <th {...attributes} aria-sort={ascending ? "ascending" : descending ? "descending" : "none"}>
      <button
        type="button"
        className={classes.sort}
        title={t("sortBy", { column: column.title })}
        onClick={() => onSort(ascending ? `-${column.sort}` : `${column.sort}`)}
      >
        {column.title}
        <span aria-hidden="true">{ascending ? " ↑" : descending ? " ↓" : ""}</span>
      </button>
    </th>
  );
}
