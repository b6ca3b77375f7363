import {
  Alert,
  Button,
  Checkbox,
  Modal,
  Radio,
  Stack,
  Table,
  Text,
  TextInput,
} from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconPlus } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAct } from "../../../api/act.ts";
import { answer, api } from "../../../api/client.ts";
import { usePages } from "../../../api/pages.ts";
import type { Answer, Body, Item } from "../../../api/types.ts";
import { useMay, useMe } from "../../../app/session.tsx";
import { CopyText } from "../../../components/CopyText.tsx";
import { FormDialog } from "../../../components/FormDialog.tsx";
import { Moment } from "../../../components/Moment.tsx";
import { Page } from "../../../components/Page.tsx";
import { Empty, Failure, Loading } from "../../../components/PageState.tsx";
import { NotAllowed } from "../NotAllowed.tsx";

type Key = Item<"/api/v1/api-keys">;
type NewKey = Answer<"/api/v1/api-keys", "post">;
type Scopes = NonNullable<Body<"/api/v1/api-keys", "post">["scopes"]>;

export function KeysPage() {
  const { t } = useTranslation("settings");
  const may = useMay()("keys.manage");
  const [adding, { open, close }] = useDisclosure();
  const [made, setMade] = useState<NewKey | null>(null);
  const [revoking, setRevoking] = useState<Key | null>(null);
  return (
    <Page
      title={t("keys.title")}
      description={t("keys.description")}
      actions={
        may && (
          <Button leftSection={<IconPlus size={16} />} onClick={open}>
            {t("keys.add")}
          </Button>
        )
      }
    >
      <NotAllowed permission="keys.manage" />
      {may && <Keys onRevoke={setRevoking} />}
      {adding && <KeyDialog onClose={close} onMade={setMade} />}
      {made && (
        <Modal opened onClose={() => setMade(null)} title={t("keys.made", { name: made.name })}>
          <Stack>
            <Alert color="yellow">{t("shownOnce")}</Alert>
            <CopyText text={made.key} label={t("keys.key")} />
            <Text size="sm">{t("keys.use")}</Text>
            <CopyText text={`Authorization: Bearer ${made.key}`} label={t("keys.header")} />
          </Stack>
        </Modal>
      )}
      {revoking && <RevokeDialog apiKey={revoking} onClose={() => setRevoking(null)} />}
    </Page>
  );
}

function Keys({ onRevoke }: { onRevoke: (key: Key) => void }) {
  const { t } = useTranslation("settings");
  const pages = usePages<Key>(["api-keys"], (cursor) =>
    answer(api.GET("/api/v1/api-keys", { params: { query: { limit: 50, cursor } } })),
  );
  if (pages.error) return <Failure error={pages.error} retry={pages.refetch} />;
  if (pages.isPending) return <Loading />;
  if (pages.items.length === 0) return <Empty title={t("keys.empty")}>{t("keys.emptyHint")}</Empty>;
  return (
    <>
      <Table.ScrollContainer minWidth={720} scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}>
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{t("name")}</Table.Th>
              <Table.Th scope="col">{t("keys.begins")}</Table.Th>
              <Table.Th scope="col">{t("keys.actsAs")}</Table.Th>
              <Table.Th scope="col">{t("keys.scopes")}</Table.Th>
              <Table.Th scope="col">{t("keys.lastUsed")}</Table.Th>
              <Table.Th scope="col">{t("actions")}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {pages.items.map((key) => (
              <Table.Tr key={key.id}>
                <Table.Th scope="row">{key.name}</Table.Th>
                <Table.Td>
                  <code>{key.prefix}…</code>
                </Table.Td>
                <Table.Td>{key.user.name}</Table.Td>
                <Table.Td>
                  {key.scopes === null ? t("keys.everything") : key.scopes.join(", ")}
                </Table.Td>
                <Table.Td>
                  <Moment at={key.last_used_at} as="ago" absent={t("keys.neverUsed")} />
                </Table.Td>
                <Table.Td>
                  {key.revoked_at ? (
                    <>
                      {t("keys.revoked")} <Moment at={key.revoked_at} as="day" />
                    </>
                  ) : (
                    <Button
                      size="compact-sm"
                      variant="default"
                      aria-label={`${t("keys.revoke")}: ${key.name}`}
                      onClick={() => onRevoke(key)}
                    >
                      {t("keys.revoke")}
                    </Button>
                  )}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {pages.hasMore && (
        <Button variant="default" loading={pages.isFetchingMore} onClick={pages.fetchMore}>
          {t("more")}
        </Button>
      )}
    </>
  );
}

function KeyDialog({ onClose, onMade }: { onClose: () => void; onMade: (key: NewKey) => void }) {
  const { t } = useTranslation("settings");
  const me = useMe();
  const [name, setName] = useState("");
  const [limited, setLimited] = useState(false);
  const [scopes, setScopes] = useState<string[]>([]);
  const make = useAct<NewKey>({
    act: () =>
      answer(
        api.POST("/api/v1/api-keys", {
          body: { name: name.trim(), scopes: limited ? (scopes as Scopes) : null },
        }),
      ),
    changes: [["api-keys"]],
    ownError: true,
    onDone(key) {
      onClose();
      onMade(key);
    },
  });
  return (
    <FormDialog
      opened
      onClose={onClose}
      title={t("keys.add")}
      submit={t("keys.make")}
      disabled={name.trim() === "" || (limited && scopes.length === 0)}
      pending={make.isPending}
      error={make.error}
      onSubmit={() => make.mutate()}
    >
      <TextInput
        label={t("name")}
        description={t("keys.nameHint")}
        required
        data-autofocus
        maxLength={200}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Radio.Group
        label={t("keys.scopes")}
        value={limited ? "some" : "all"}
        onChange={(value) => setLimited(value === "some")}
      >
        <Stack gap={6} mt={4}>
          <Radio value="all" label={t("keys.everythingIMay")} />
          <Radio value="some" label={t("keys.onlyThese")} />
        </Stack>
      </Radio.Group>
      {limited && (
        <Checkbox.Group label={t("keys.permissions")} value={scopes} onChange={setScopes}>
          <Stack gap={6} mt={4}>
            {me.permissions.map((permission) => (
              <Checkbox key={permission} value={permission} label={permission} />
            ))}
          </Stack>
        </Checkbox.Group>
      )}
    </FormDialog>
  );
}

function RevokeDialog({ apiKey, onClose }: { apiKey: Key; onClose: () => void }) {
  const { t } = useTranslation("settings");
  const revoke = useAct({
    act: () => answer(api.DELETE("/api/v1/api-keys/{id}", { params: { path: { id: apiKey.id } } })),
    changes: [["api-keys"]],
    ownError: true,
    done: t("keys.revokedDone"),
    onDone: onClose,
  });
  return (
    <FormDialog
      opened
      onClose={onClose}
      title={t("keys.revokeTitle", { name: apiKey.name })}
      submit={t("keys.revoke")}
      danger
      pending={revoke.isPending}
      error={revoke.error}
      onSubmit={() => revoke.mutate()}
    >
      <Text>{t("keys.revokeText")}</Text>
    </FormDialog>
  );
}
