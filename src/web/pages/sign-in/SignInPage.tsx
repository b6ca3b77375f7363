import { Anchor, Box, Card, Center, Group, Title } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { rememberCsrf } from "../../api/client.ts";
import type { Me } from "../../api/types.ts";
import { meQuery } from "../../app/session.tsx";
import { LinkForm } from "./LinkForm.tsx";
import { PasswordForm } from "./PasswordForm.tsx";

const route = getRouteApi("/sign-in");

/** The way in: by password with a second factor, or by a one-time link. */
export function SignInPage() {
  const { t } = useTranslation("signIn");
  const { token, next } = route.useSearch();
  const navigate = useNavigate();
  const queries = useQueryClient();
  useEffect(() => {
    document.title = `${t("title")} · Heed`;
  }, [t]);
  const enter = (me: Me) => {
    queries.clear();
    rememberCsrf(me.csrf_token);
    queries.setQueryData(meQuery.queryKey, me);
    // Only a path of this site: a link must not lead a person who just signed in elsewhere.
    const inside = next?.startsWith("/") && !next.startsWith("//") && !next.startsWith("/\\");
    void navigate({ href: inside ? next : "/", replace: true });
  };
  return (
    <Center component="main" mih="100dvh" p="md">
      <Box w="100%" maw={380}>
        <Group justify="center" mb="md" gap="sm">
          <img src="/heed.svg" alt="" width={32} height={32} />
          <Title order={1}>{t("title")}</Title>
        </Group>
        <Card withBorder padding="lg">
          {token ? <LinkForm token={token} onEnter={enter} /> : <PasswordForm onEnter={enter} />}
        </Card>
        {token && (
          <Anchor component={Link} to="/sign-in" size="sm" mt="sm" display="block" ta="center">
            {t("withPassword")}
          </Anchor>
        )}
      </Box>
    </Center>
  );
}
