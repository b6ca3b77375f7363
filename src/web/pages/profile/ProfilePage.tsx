import { Stack, Tabs } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Contact } from "../../api/types.ts";
import { useUserNames } from "../../api/users.ts";
import { nameOf } from "../../components/naming.ts";
import { Page } from "../../components/Page.tsx";
import { Loaded } from "../../components/PageState.tsx";
import { AppointmentsTab } from "../linked/AppointmentsTab.tsx";
import { ConversationsTab } from "../linked/ConversationsTab.tsx";
import { NotesTab } from "../linked/NotesTab.tsx";
import { OpportunitiesTab } from "../linked/OpportunitiesTab.tsx";
import { TasksTab } from "../linked/TasksTab.tsx";
import { ActivateButton } from "./ActivateButton.tsx";
import { ChannelPanel } from "./ChannelPanel.tsx";
import { ConsentsPanel } from "./ConsentsPanel.tsx";
import { DetailsCard } from "./DetailsCard.tsx";
import { ExternalRefs } from "./ExternalRefs.tsx";
import { FollowUps } from "./FollowUps.tsx";
import { InactiveNotice } from "./InactiveNotice.tsx";
import classes from "./Profile.module.css";
import { ProfileMenu } from "./ProfileMenu.tsx";
import { contactQuery } from "./queries.ts";
import { profileTabs } from "./routes.tsx";
import { StageBadge, StatusBadge } from "./StatusBadge.tsx";
import { StopsHistory } from "./StopsHistory.tsx";
import { Timeline } from "./Timeline.tsx";
import { WhyPanel } from "./WhyPanel.tsx";

const route = getRouteApi("/shell/contacts/$id");

export function ProfilePage() {
  const { t } = useTranslation("profile");
  const { id } = route.useParams();
  const contact = useQuery(contactQuery(id));
  const above = { label: t("contacts"), to: "/contacts" };
  if (!contact.data) {
    return (
      <Page title={t("title")} above={above}>
        <Loaded query={contact}>{() => null}</Loaded>
      </Page>
    );
  }
  return <Profile key={id} contact={contact.data} above={above} />;
}

function Profile({ contact, above }: { contact: Contact; above: { label: string; to: string } }) {
  const { t } = useTranslation("profile");
  const userName = useUserNames();
  const owner = contact.owner_id ? userName(contact.owner_id) : undefined;
  const parts = [
    contact.job_title,
    contact.company,
    owner ? t("owner", { name: owner }) : t("noOwner"),
  ];
  return (
    <Page
      title={nameOf(contact)}
      above={above}
      beside={
        <>
          <StatusBadge contact={contact} />
          <StageBadge contact={contact} />
        </>
      }
      description={parts.filter(Boolean).join(" · ")}
      actions={
        <>
          <ActivateButton contact={contact} />
          <ProfileMenu contact={contact} />
        </>
      }
    >
      <Stack>
        <InactiveNotice contactId={contact.id} />
        <ExternalRefs contactId={contact.id} />
        <div className={classes.columns}>
          <Stack>
            <ChannelPanel contactId={contact.id} />
            <DetailsCard contact={contact} />
          </Stack>
          <ProfileTabs contact={contact} />
        </div>
      </Stack>
    </Page>
  );
}

const linkedTabs = ["conversations", "notes", "tasks", "appointments", "opportunities"] as const;

function ProfileTabs({ contact }: { contact: Contact }) {
  const { t } = useTranslation("profile");
  const { t: linked } = useTranslation("linked");
  const { tab = "timeline" } = route.useSearch();
  const person = { id: contact.id, name: nameOf(contact) };
  const navigate = route.useNavigate();
  const choose = (chosen: string | null) => {
    const next = profileTabs.find((each) => each === chosen);
    void navigate({ search: next && next !== "timeline" ? { tab: next } : {}, replace: true });
  };
  return (
    <Tabs value={tab} onChange={choose} keepMounted={false}>
      <Tabs.List mb="md">
        <Tabs.Tab value="timeline">{t("tabs.timeline")}</Tabs.Tab>
        {linkedTabs.map((each) => (
          <Tabs.Tab key={each} value={each}>
            {linked(`tabs.${each}`)}
          </Tabs.Tab>
        ))}
        <Tabs.Tab value="follow-ups">{t("tabs.followUps")}</Tabs.Tab>
        <Tabs.Tab value="stops">{t("tabs.stops")}</Tabs.Tab>
        <Tabs.Tab value="consents">{t("tabs.consents")}</Tabs.Tab>
        <Tabs.Tab value="why">{t("tabs.why")}</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="timeline">
        <Timeline contactId={contact.id} />
      </Tabs.Panel>
      <Tabs.Panel value="conversations">
        <ConversationsTab contact={person} />
      </Tabs.Panel>
      <Tabs.Panel value="notes">
        <NotesTab contactId={contact.id} />
      </Tabs.Panel>
      <Tabs.Panel value="tasks">
        <TasksTab contactId={contact.id} />
      </Tabs.Panel>
      <Tabs.Panel value="appointments">
        <AppointmentsTab contact={person} />
      </Tabs.Panel>
      <Tabs.Panel value="opportunities">
        <OpportunitiesTab contact={person} />
      </Tabs.Panel>
      <Tabs.Panel value="follow-ups">
        <FollowUps contactId={contact.id} />
      </Tabs.Panel>
      <Tabs.Panel value="stops">
        <StopsHistory contactId={contact.id} />
      </Tabs.Panel>
      <Tabs.Panel value="consents">
        <ConsentsPanel contactId={contact.id} />
      </Tabs.Panel>
      <Tabs.Panel value="why">
        <WhyPanel contactId={contact.id} />
      </Tabs.Panel>
    </Tabs>
  );
}
