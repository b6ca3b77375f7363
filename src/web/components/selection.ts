import { useCallback, useMemo, useState } from "react";

export interface Selection {
  /** `ids`: these rows. `all`: every row that matches what is filtered now. */
  mode: "ids" | "all";
  ids: ReadonlySet<string>;
  has: (id: string) => boolean;
  toggle: (id: string) => void;
  /** Selects these rows, or nothing when they are all selected. */
  toggleAll: (ids: readonly string[]) => void;
  selectEverything: () => void;
  clear: () => void;
}

interface State {
  mode: "ids" | "all";
  ids: ReadonlySet<string>;
}

const nothing: State = { mode: "ids", ids: new Set() };

/** What is ticked in a table. Touching one row of "everything" goes back to the ticked rows. */
export function useSelection(): Selection {
  const [state, setState] = useState<State>(nothing);
  const toggle = useCallback((id: string) => {
    setState(({ ids }) => {
      const next = new Set(ids);
      if (!next.delete(id)) next.add(id);
      return { mode: "ids", ids: next };
    });
  }, []);
  const toggleAll = useCallback((ids: readonly string[]) => {
    setState((before) => {
      const all = ids.length > 0 && ids.every((id) => before.ids.has(id));
      return { mode: "ids", ids: all ? new Set() : new Set(ids) };
    });
  }, []);
  const selectEverything = useCallback(() => setState(({ ids }) => ({ mode: "all", ids })), []);
  const clear = useCallback(() => setState(nothing), []);
  return useMemo(
    () => ({
      ...state,
      has: (id) => state.ids.has(id),
      toggle,
      toggleAll,
      selectEverything,
      clear,
    }),
    [state, toggle, toggleAll, selectEverything, clear],
  );
}
