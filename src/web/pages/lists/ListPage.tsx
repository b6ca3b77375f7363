import { Button, Tabs } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconPencil, IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { answer, api } from "../../api/client.ts";
import type { List } from "../../api/types.ts";
import { useMay } from "../../app/session.tsx";
import { AnchorLink } from "../../components/AnchorLink.tsx";
import { May } from "../../components/May.tsx";
import { Page } from "../../components/Page.tsx";
import { Loaded } from "../../components/PageState.tsx";
import { useSelection } from "../../components/selection.ts";
import { useFormats } from "../../i18n/format.ts";
import { AddMembersDialog } from "./AddMembersDialog.tsx";
import { Exclusions } from "./Exclusions.tsx";
import { ListMenu } from "./ListMenu.tsx";
import { ListNameDialog } from "./ListNameDialog.tsx";
import { type MemberAct, Members } from "./Members.tsx";

const route = getRouteApi("/shell/lists/$id");

export function ListPage() {
  const { t } = useTranslation("lists");
  const { id } = route.useParams();
  const list = useQuery({
    queryKey: ["lists", id],
    queryFn: () => answer(api.GET("/api/v1/lists/{id}", { params: { path: { id } } })),
  });
  if (!list.data) {
    return (
      <Page title={t("list")} above={{ label: t("title"), to: "/lists" }}>
        <Loaded query={list}>{() => null}</Loaded>
      </Page>
    );
  }
  return <OneList key={id} list={list.data} />;
}

function OneList({ list }: { list: List }) {
  const { t } = useTranslation("lists");
  const { number } = useFormats();
  const { q, tab = "members" } = route.useSearch();
  const navigate = route.useNavigate();
  const [adding, add] = useDisclosure();
  const [renaming, rename] = useDisclosure();
  const selection = useSelection();
  const [act, setAct] = useState<MemberAct | null>(null);
  const may = useMay();
  const ticked = tab === "members" && (selection.mode === "all" || selection.ids.size > 0);
  const { member_count: members, exclusion_count: exclusions } = list;
  return (
    <Page
      title={list.name}
      above={{ label: t("title"), to: "/lists" }}
      fill
      description={
        <>
          {t("memberCount", { count: members, formatted: number(members) })} ·{" "}
          {t("exclusionCount", { count: exclusions, formatted: number(exclusions) })} ·{" "}
          <AnchorLink to="/contacts" search={{ list: list.id }} size="sm" underline="always">
            {t("inContacts")}
          </AnchorLink>
        </>
      }
      actions={
        <>
          <May permission="lists.edit">
            <Button variant="default" leftSection={<IconPencil size={16} />} onClick={rename.open}>
              {t("rename.button")}
            </Button>
            <Button leftSection={<IconPlus size={16} />} onClick={add.open}>
              {t("add.button")}
            </Button>
          </May>
          {(may("lists.edit") || may("contacts.delete")) && (
            <ListMenu list={list} ticked={ticked} onRemoveTicked={() => setAct("remove")} />
          )}
        </>
      }
    >
      <Tabs
        value={tab}
        keepMounted={false}
        onChange={(next) =>
          void navigate({
            search: next === "exclusions" ? { tab: "exclusions" } : {},
            replace: true,
          })
        }
        style={{ display: "flex", flexDirection: "column", flex: 1, minHeight: 0 }}
      >
        <Tabs.List mb="sm">
          <Tabs.Tab value="members">{t("members")}</Tabs.Tab>
          <Tabs.Tab value="exclusions">{t("exclusions")}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="members" style={panel}>
          <Members
            list={list}
            q={q ?? ""}
            selection={selection}
            act={act}
            setAct={setAct}
            onSearch={(next) => void navigate({ search: next ? { q: next } : {}, replace: true })}
          />
        </Tabs.Panel>
        <Tabs.Panel value="exclusions" style={panel}>
          <Exclusions list={list} />
        </Tabs.Panel>
      </Tabs>
      {adding && <AddMembersDialog list={list} onClose={add.close} />}
      {renaming && <ListNameDialog list={list} onClose={rename.close} />}
    </Page>
  );
}

const panel = { display: "flex", flexDirection: "column", flex: 1, minHeight: 0 } as const;
