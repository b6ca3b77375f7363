import { useNavigate } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { isTyping } from "../components/typing.ts";
import { places } from "./places.ts";

export const searchFieldId = "search-everything";

/** The keys that work on every page: `/`, `?` and `g` with a place's letter. */
export function useShortcuts({ openHelp }: { openHelp: () => void }): void {
  const navigate = useNavigate();
  const latest = useRef({ navigate, openHelp });
  latest.current = { navigate, openHelp };
  useEffect(() => {
    let going = 0;
    const press = (event: KeyboardEvent) => {
      if (isTyping(event)) return;
      if (Date.now() - going < 1500) {
        going = 0;
        const place = places.find((each) => each.key === event.key);
        if (place) {
          event.preventDefault();
          // So that `g j` is not also "next row" of the table below.
          event.stopImmediatePropagation();
          void latest.current.navigate({ to: place.to });
        }
        return;
      }
      if (event.key === "g") going = Date.now();
      else if (event.key === "/") {
        event.preventDefault();
        document.getElementById(searchFieldId)?.focus();
      } else if (event.key === "?") {
        event.preventDefault();
        latest.current.openHelp();
      }
    };
    // Captured first: tables listen on the same window.
    window.addEventListener("keydown", press, { capture: true });
    return () => window.removeEventListener("keydown", press, { capture: true });
  }, []);
}
