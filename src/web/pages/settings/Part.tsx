import { Card, Stack, Text, Title } from "@mantine/core";
import { type ReactNode, useId } from "react";

interface PartProps {
  title: string;
  hint?: string | undefined;
  children: ReactNode;
}

/** One matter of a settings page. */
export function Part({ title, hint, children }: PartProps) {
  const heading = useId();
  return (
    <Card withBorder component="section" aria-labelledby={heading} maw={760} mb="md">
      <Title order={2} id={heading}>
        {title}
      </Title>
      {hint && (
        <Text size="sm" c="dimmed">
          {hint}
        </Text>
      )}
      <Stack mt="sm">{children}</Stack>
    </Card>
  );
}
