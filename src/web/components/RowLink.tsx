import { useRouter } from "@tanstack/react-router";
import type { MouseEvent, ReactNode } from "react";

interface RowLinkProps {
  to: string;
  children: ReactNode;
  className?: string | undefined;
  title?: string;
  "aria-label"?: string;
}

/** A link for table cells: TanStack's own watches the router, which costs too much a thousand times. */
export function RowLink({ to, children, ...rest }: RowLinkProps) {
  const router = useRouter();
  const open = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    void router.navigate({ href: to });
  };
  return (
    <a href={to} onClick={open} {...rest}>
      {children}
    </a>
  );
}
