import {
  ActionIcon,
  type MantineColorScheme,
  Menu,
  Text,
  useMantineColorScheme,
} from "@mantine/core";
import { IconKeyboard, IconLogout, IconUserCircle } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useAct } from "../api/act.ts";
import { answer, api } from "../api/client.ts";
import { useForgetSession, useMe } from "../app/session.tsx";
import { type Language, languages, speak } from "../i18n/index.ts";

/** Who I am, how it looks, in which language, and the way out. */
export function AccountMenu({ openHelp }: { openHelp: () => void }) {
  const { t, i18n } = useTranslation("shell");
  const me = useMe();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const navigate = useNavigate();
  const forget = useForgetSession();
  const signOut = useAct({
    act: () => answer(api.DELETE("/api/v1/sessions/current")),
    onDone: () => void navigate({ to: "/sign-in" }).then(forget),
  });
  const choose = (language: Language) => {
    void speak(language);
    // Kept with the account too, for the person's other browsers; it holds here whether or not that works.
    void api.PATCH("/api/v1/me", { body: { locale: language } }).catch(() => undefined);
  };
  const schemes = [
    { value: "light", label: t("light") },
    { value: "dark", label: t("dark") },
    { value: "auto", label: t("system") },
  ] as const;
  return (
    <Menu position="bottom-end" width={250} withinPortal={false}>
      <Menu.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          size="lg"
          aria-label={`${t("account")}: ${me.user.name}`}
        >
          <IconUserCircle size={22} stroke={1.6} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Text size="sm" fw={600} px="sm" pt={6} truncate>
          {me.user.name}
        </Text>
        <Text size="xs" c="dimmed" px="sm" truncate>
          {me.user.email}
        </Text>
        <Text size="xs" c="dimmed" px="sm" pb={6}>
          {me.workspace.name} · {t("role", { role: me.role.name })}
        </Text>
        <Menu.Divider />
        <Menu.Label>{t("appearance")}</Menu.Label>
        <Menu.RadioGroup
          value={colorScheme}
          onChange={(value) => setColorScheme(value as MantineColorScheme)}
        >
          {schemes.map(({ value, label }) => (
            <Menu.RadioItem key={value} value={value}>
              {label}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
        <Menu.Divider />
        <Menu.Label>{t("language")}</Menu.Label>
        <Menu.RadioGroup value={i18n.language} onChange={(value) => choose(value as Language)}>
          {Object.entries(languages).map(([code, name]) => (
            <Menu.RadioItem key={code} value={code} lang={code}>
              {name}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
        <Menu.Divider />
        <Menu.Item leftSection={<IconKeyboard size={16} />} onClick={openHelp}>
          {t("help")}
        </Menu.Item>
        <Menu.Item leftSection={<IconLogout size={16} />} onClick={() => signOut.mutate()}>
          {t("signOut")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
