import { useEffect, useRef, useState } from "react";
import { isTyping } from "./typing.ts";

interface Rows {
  length: number;
  show: (index: number) => void;
  onSelect: (index: number) => void;
  onOpen: (index: number) => void;
  onEscape: () => void;
}

/** j and k move through a table's rows, x selects, Enter or o opens, Escape unselects. */
export function useRowKeys(rows: Rows) {
  const [active, setActive] = useState(-1);
  const latest = useRef({ rows, active });
  latest.current = { rows, active };
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (isTyping(event) || event.defaultPrevented) return;
      const { rows: now, active: at } = latest.current;
      const move = event.key === "j" ? 1 : event.key === "k" ? -1 : 0;
      if (move !== 0 && now.length > 0) {
        const next = Math.min(Math.max(at + move, 0), now.length - 1);
        setActive(next);
        now.show(next);
        event.preventDefault();
      } else if (event.key === "Escape") {
        now.onEscape();
      } else if (event.key === "x" && at >= 0) {
        now.onSelect(at);
      } else if ((event.key === "o" || (event.key === "Enter" && !onControl(event))) && at >= 0) {
        now.onOpen(at);
      }
    };
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, []);
  return { active, setActive };
}

function onControl(event: KeyboardEvent): boolean {
  return (
    event.target instanceof Element && event.target.closest("a, button, [role=menuitem]") !== null
  );
}
