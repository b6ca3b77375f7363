import { useRouterState } from "@tanstack/react-router";
import { useEffect, useState } from "react";

/** Tells a screen reader which page opened; the browser itself is silent when only the content changes. */
export function RouteAnnouncer() {
  const path = useRouterState({ select: (state) => state.resolvedLocation?.pathname });
  const [title, setTitle] = useState("");
  // Each new path is announced, also where the title stayed.
  useEffect(() => {
    const timer = setTimeout(() => setTitle(document.title), 400);
    return () => clearTimeout(timer);
  }, [path]);
  return (
    <div className="visually-hidden" aria-live="polite">
      {title}
    </div>
  );
}
