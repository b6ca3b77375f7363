import { Button, Card, SimpleGrid, Text } from "@mantine/core";
import { IconArrowBackUp, IconTrashX } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { answer, api } from "../../api/client.ts";
import type { Deletion } from "../../api/types.ts";
import { AnchorLink } from "../../components/AnchorLink.tsx";
import { May } from "../../components/May.tsx";
import { Page } from "../../components/Page.tsx";
import { Loaded } from "../../components/PageState.tsx";
import { useFormats } from "../../i18n/format.ts";
import { Approval } from "./Approvals.tsx";
import { BinContacts } from "./BinContacts.tsx";
import { CertificateLinks } from "./CertificateLinks.tsx";
import { PurgeDialog } from "./PurgeDialog.tsx";
import { RestoreDeletionDialog } from "./RestoreDialog.tsx";
import { useDeletionText } from "./use-deletion-text.ts";

const route = getRouteApi("/shell/bin/$id");

export function DeletionPage() {
  const { t } = useTranslation("bin");
  const { id } = route.useParams();
  const deletion = useQuery({
    queryKey: ["deletions", id],
    queryFn: () => answer(api.GET("/api/v1/deletions/{id}", { params: { path: { id } } })),
    refetchInterval: (query) => (query.state.data?.state === "running" ? 2_000 : false),
  });
  if (!deletion.data) {
    return (
      <Page title={t("deletion")} above={{ label: t("title"), to: "/bin" }}>
        <Loaded query={deletion}>{() => null}</Loaded>
      </Page>
    );
  }
  return <OneDeletion key={id} deletion={deletion.data} />;
}

/** One deletion: what it did, who is still in the bin of it, and the ways back and out. */
function OneDeletion({ deletion }: { deletion: Deletion }) {
  const { t } = useTranslation("bin");
  const text = useDeletionText();
  const { q } = route.useSearch();
  const navigate = route.useNavigate();
  const [act, setAct] = useState<"restore" | "purge" | null>(null);
  const close = () => setAct(null);
  const certified = deletion.mode === "erase" && deletion.state === "done";
  return (
    <Page
      title={text.what(deletion)}
      above={{ label: t("title"), to: "/bin" }}
      fill
      actions={
        <>
          {certified && (
            <May permission="contacts.erase">
              <CertificateLinks id={deletion.id} />
            </May>
          )}
          {deletion.in_bin > 0 && (
            <May permission="contacts.erase">
              <Button
                variant="default"
                leftSection={<IconTrashX size={16} />}
                onClick={() => setAct("purge")}
              >
                {t("purge.button")}
              </Button>
            </May>
          )}
          {deletion.restorable && (
            <Button leftSection={<IconArrowBackUp size={16} />} onClick={() => setAct("restore")}>
              {t("restore.submitAll")}
            </Button>
          )}
        </>
      }
    >
      <Card withBorder mb="md" style={{ flexShrink: 0 }}>
        <Facts deletion={deletion} />
        {deletion.state === "awaiting_approval" && <Approval deletion={deletion} />}
      </Card>
      {deletion.in_bin > 0 && (
        <BinContacts
          deletionId={deletion.id}
          q={q ?? ""}
          onSearch={(next) => void navigate({ search: next ? { q: next } : {}, replace: true })}
        />
      )}
      {act === "restore" && <RestoreDeletionDialog deletion={deletion} onClose={close} />}
      {act === "purge" && (
        <PurgeDialog what={{ deletion_id: deletion.id }} count={deletion.in_bin} onClose={close} />
      )}
    </Page>
  );
}

function Facts({ deletion }: { deletion: Deletion }) {
  const { t } = useTranslation("bin");
  const { number, moment } = useFormats();
  const text = useDeletionText();
  const { restorable, restorable_until: until, job_id: jobId } = deletion;
  return (
    <SimpleGrid cols={{ base: 2, sm: 3, md: 6 }} mb="xs">
      <Fact name={t("column.state")}>
        {jobId ? (
          <AnchorLink to="/jobs/$id" params={{ id: jobId }} size="sm" underline="always">
            {text.state(deletion)}
          </AnchorLink>
        ) : (
          text.state(deletion)
        )}
      </Fact>
      <Fact name={t("column.by")}>{text.who(deletion.requested_by)}</Fact>
      {deletion.approved_by && (
        <Fact name={t("column.approvedBy")}>{text.who(deletion.approved_by)}</Fact>
      )}
      <Fact name={t("column.when")}>{deletion.confirmed_at && moment(deletion.confirmed_at)}</Fact>
      <Fact name={t("column.removed")}>{number(deletion.removed)}</Fact>
      <Fact name={t("column.skipped")}>{number(deletion.skipped)}</Fact>
      {deletion.mode !== "erase" && (
        <Fact name={t("column.until")}>
          {restorable && until ? moment(until) : t("notRestorable")}
        </Fact>
      )}
    </SimpleGrid>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <Text size="xs" c="dimmed">
        {name}
      </Text>
      <Text size="sm" component="div">
        {children}
      </Text>
    </div>
  );
}
