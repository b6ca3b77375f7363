import { Alert, Button, Center, Loader, Stack, Text, Title } from "@mantine/core";
import { IconAlertTriangle, IconLock } from "@tabler/icons-react";
import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { ApiError } from "../api/error.ts";
import { useErrorText } from "./use-error-text.ts";

export function Loading() {
  const { t } = useTranslation();
  return (
    <Center p="xl" role="status" aria-label={t("loading")}>
      <Loader />
    </Center>
  );
}

interface EmptyProps {
  icon?: ReactNode;
  title: string;
  /** What to do next. */
  children?: ReactNode;
  actions?: ReactNode;
}

/** Nothing is here yet, and what to do about it. */
export function Empty({ icon, title, children, actions }: EmptyProps) {
  return (
    <Center p="xl">
      <Stack align="center" gap="xs" maw={460} ta="center">
        {icon}
        <Title order={2}>{title}</Title>
        {children && <Text c="dimmed">{children}</Text>}
        {actions}
      </Stack>
    </Center>
  );
}

/** An error where the content would stand: the API's message, which says what to do. */
export function Failure({ error, retry }: { error: unknown; retry?: (() => void) | undefined }) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const status = error instanceof ApiError ? error.status : 0;
  const title = status === 403 ? t("refused") : status === 404 ? t("notFound") : t("failed");
  return (
    <Alert
      color={status === 403 ? "gray" : "red"}
      icon={status === 403 ? <IconLock /> : <IconAlertTriangle />}
      title={title}
      role="alert"
      my="md"
    >
      <Stack align="flex-start" gap="sm">
        <Text size="sm">{errorText(error)}</Text>
        {retry && status !== 403 && (
          <Button size="xs" variant="default" onClick={retry}>
            {t("tryAgain")}
          </Button>
        )}
      </Stack>
    </Alert>
  );
}

interface LoadedProps<T> {
  query: Pick<UseQueryResult<T, unknown>, "data" | "error" | "refetch">;
  children: (data: T) => ReactNode;
}

/** What a query answered, or that it is loading, or why it failed. */
export function Loaded<T>({ query, children }: LoadedProps<T>) {
  if (query.data !== undefined) return <>{children(query.data)}</>;
  if (query.error) return <Failure error={query.error} retry={() => void query.refetch()} />;
  return <Loading />;
}
