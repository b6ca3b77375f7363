import { Anchor, Box, Breadcrumbs, Group, Text, Title } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { type ReactNode, useEffect, useRef } from "react";
import classes from "./Page.module.css";

interface PageProps {
  title: string;
  /** Beside the title: a badge, a status. */
  beside?: ReactNode;
  description?: ReactNode;
  /** Upper right. */
  actions?: ReactNode;
  /** Where this page hangs: `{ label: "Lists", to: "/lists" }`. */
  above?: { label: string; to: string };
  /** True when the content fills the height that is left, as tables do. */
  fill?: boolean;
  children: ReactNode;
}

/** The frame of every page: its name in the window's title and in the one h1, which gets the focus when the page opens. */
export function Page({ title, beside, description, actions, above, fill, children }: PageProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} · Heed`;
  }, [title]);
  useEffect(() => {
    // A screen reader then says where the person is; fields that focus themselves win.
    if (document.activeElement === document.body) heading.current?.focus({ preventScroll: true });
  }, []);
  return (
    <Box className={classes.page} data-fill={fill || undefined}>
      {above && (
        <Breadcrumbs mb={4}>
          <Anchor component={Link} to={above.to} size="sm">
            {above.label}
          </Anchor>
        </Breadcrumbs>
      )}
      <Group justify="space-between" align="flex-start" gap="sm" mb="md">
        <Box className={classes.heading}>
          <Group gap="sm">
            <Title order={1} ref={heading} tabIndex={-1} className={classes.title}>
              {title}
            </Title>
            {beside}
          </Group>
          {description && (
            <Text c="dimmed" size="sm" mt={2} component="div">
              {description}
            </Text>
          )}
        </Box>
        {actions && <Group gap="xs">{actions}</Group>}
      </Group>
      {children}
    </Box>
  );
}
