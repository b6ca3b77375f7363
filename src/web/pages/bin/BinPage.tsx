import { Tabs } from "@mantine/core";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useMay } from "../../app/session.tsx";
import { Page } from "../../components/Page.tsx";
import { Approvals } from "./Approvals.tsx";
import { BinContacts } from "./BinContacts.tsx";
import { Deletions } from "./Deletions.tsx";
import { ErasureRequests } from "./ErasureRequests.tsx";
import { RequestAlarm } from "./RequestAlarm.tsx";
import { binTabs } from "./routes.tsx";

const route = getRouteApi("/shell/bin");

/** What was deleted and can still come back, what waits for a second person, and who asked to be forgotten. */
export function BinPage() {
  const { t } = useTranslation("bin");
  const may = useMay();
  const { tab = "deletions", q } = route.useSearch();
  const navigate = route.useNavigate();
  const mayErase = may("contacts.erase");
  return (
    <Page title={t("title")} description={t("description")} fill>
      {mayErase && <RequestAlarm />}
      <Approvals />
      <Tabs
        value={tab}
        keepMounted={false}
        onChange={(chosen) => {
          const next = binTabs.find((each) => each === chosen);
          void navigate({
            search: next && next !== "deletions" ? { tab: next } : {},
            replace: true,
          });
        }}
        style={{ display: "flex", flexDirection: "column", flex: 1, minHeight: 0 }}
      >
        <Tabs.List mb="sm">
          <Tabs.Tab value="deletions">{t("tabs.deletions")}</Tabs.Tab>
          <Tabs.Tab value="contacts">{t("tabs.contacts")}</Tabs.Tab>
          {mayErase && <Tabs.Tab value="requests">{t("tabs.requests")}</Tabs.Tab>}
        </Tabs.List>
        <Tabs.Panel value="deletions" style={panel}>
          <Deletions />
        </Tabs.Panel>
        <Tabs.Panel value="contacts" style={panel}>
          <BinContacts
            q={q ?? ""}
            onSearch={(next) =>
              void navigate({
                search: { tab: "contacts", ...(next ? { q: next } : {}) },
                replace: true,
              })
            }
          />
        </Tabs.Panel>
        {mayErase && (
          <Tabs.Panel value="requests">
            <ErasureRequests />
          </Tabs.Panel>
        )}
      </Tabs>
    </Page>
  );
}

const panel = { display: "flex", flexDirection: "column", flex: 1, minHeight: 0 } as const;
