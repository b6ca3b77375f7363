import { Alert, Badge, Button, Group, Modal, Stack, Table, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type Colleague, usersQuery } from "../../../api/users.ts";
import { useMay } from "../../../app/session.tsx";
import { CopyText } from "../../../components/CopyText.tsx";
import { Moment } from "../../../components/Moment.tsx";
import { Page } from "../../../components/Page.tsx";
import { Loaded } from "../../../components/PageState.tsx";
import { NotAllowed } from "../NotAllowed.tsx";
import { EditUserDialog } from "./EditUserDialog.tsx";
import { NewUserDialog } from "./NewUserDialog.tsx";
import { type SignInLink, useMakeLink } from "./sign-in-link.ts";

/** The people of the workspace, what they may do, and how they come in. */
export function UsersPage() {
  const { t } = useTranslation("settings");
  const may = useMay()("users.manage");
  const users = useQuery(usersQuery);
  const [adding, { open, close }] = useDisclosure();
  const [editing, setEditing] = useState<Colleague | null>(null);
  const [link, setLink] = useState<SignInLink | null>(null);
  const makeLink = useMakeLink(setLink);
  return (
    <Page
      title={t("users.title")}
      description={t("users.description")}
      actions={
        may && (
          <Button leftSection={<IconPlus size={16} />} onClick={open}>
            {t("users.add")}
          </Button>
        )
      }
    >
      <NotAllowed permission="users.manage" />
      <Loaded query={users}>
        {(items) => (
          <Table.ScrollContainer
            minWidth={640}
            scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}
          >
            <Table>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th scope="col">{t("name")}</Table.Th>
                  <Table.Th scope="col">{t("email")}</Table.Th>
                  <Table.Th scope="col">{t("users.role")}</Table.Th>
                  {may && <Table.Th scope="col">{t("actions")}</Table.Th>}
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {items.map((user) => (
                  <Table.Tr key={user.id}>
                    <Table.Th scope="row">
                      {user.name}{" "}
                      {user.disabled && (
                        <Badge variant="dot" color="gray">
                          {t("users.disabled")}
                        </Badge>
                      )}
                    </Table.Th>
                    <Table.Td>{user.email}</Table.Td>
                    <Table.Td>{user.role.name}</Table.Td>
                    {may && (
                      <Table.Td>
                        <Group gap="xs" wrap="nowrap">
                          <Button
                            size="compact-sm"
                            variant="default"
                            aria-label={`${t("users.edit")}: ${user.name}`}
                            onClick={() => setEditing(user)}
                          >
                            {t("users.edit")}
                          </Button>
                          {!user.disabled && (
                            <Button
                              size="compact-sm"
                              variant="default"
                              aria-label={`${t("users.link")}: ${user.name}`}
                              loading={makeLink.isPending && makeLink.variables?.id === user.id}
                              onClick={() => makeLink.mutate(user)}
                            >
                              {t("users.link")}
                            </Button>
                          )}
                        </Group>
                      </Table.Td>
                    )}
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </Table.ScrollContainer>
        )}
      </Loaded>
      {adding && (
        <NewUserDialog
          onClose={close}
          onAdded={(user) => {
            close();
            makeLink.mutate(user);
          }}
        />
      )}
      {editing && <EditUserDialog user={editing} onClose={() => setEditing(null)} />}
      {link && (
        <Modal opened onClose={() => setLink(null)} title={t("users.linkFor", { name: link.name })}>
          <Stack>
            <Alert color="yellow">{t("shownOnce")}</Alert>
            <CopyText text={link.url} label={t("users.link")} />
            <Text size="sm">
              {t("users.linkHint")} <Moment at={link.expiresAt} />
            </Text>
          </Stack>
        </Modal>
      )}
    </Page>
  );
}
