import { Button, Group, NativeSelect, SegmentedControl } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconLayoutKanban, IconPlus, IconSettings } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Pipeline } from "../../api/types.ts";
import { useMay } from "../../app/session.tsx";
import { May } from "../../components/May.tsx";
import { Page } from "../../components/Page.tsx";
import { Empty, Loaded } from "../../components/PageState.tsx";
import { SearchField } from "../../components/SearchField.tsx";
import { Board } from "./Board.tsx";
import { OpportunityDialog } from "./OpportunityDialog.tsx";
import { OpportunityTable } from "./OpportunityTable.tsx";
import { PipelineDialog } from "./PipelineDialog.tsx";
import { pipelinesQuery } from "./queries.ts";
import { type OpportunitySearch, opportunityOwners } from "./routes.tsx";

const route = getRouteApi("/shell/opportunities");

export function OpportunitiesPage() {
  const { t } = useTranslation("opportunities");
  const pipelines = useQuery(pipelinesQuery);
  if (!pipelines.data) {
    return (
      <Page title={t("title")}>
        <Loaded query={pipelines}>{() => null}</Loaded>
      </Page>
    );
  }
  return <Opportunities pipelines={pipelines.data.items} />;
}

function Opportunities({ pipelines }: { pipelines: readonly Pipeline[] }) {
  const { t } = useTranslation("opportunities");
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const mayEditPipelines = useMay()("pipelines.edit");
  const [adding, add] = useDisclosure();
  const [making, make] = useDisclosure();
  const [changing, changeIt] = useDisclosure();
  const pipeline = pipelines.find((each) => each.id === search.pipeline) ?? pipelines[0];
  const change = (next: OpportunitySearch) =>
    void navigate({ search: (before) => ({ ...before, ...next }), replace: true });
  const actions = (
    <>
      <May permission="pipelines.edit">
        {pipeline && (
          <Button
            variant="default"
            leftSection={<IconSettings size={16} />}
            onClick={changeIt.open}
          >
            {t("editPipeline")}
          </Button>
        )}
        <Button variant="default" leftSection={<IconPlus size={16} />} onClick={make.open}>
          {t("newPipeline")}
        </Button>
      </May>
      {pipeline && (
        <May permission="contacts.edit">
          <Button leftSection={<IconPlus size={16} />} onClick={add.open}>
            {t("add")}
          </Button>
        </May>
      )}
    </>
  );
  return (
    <Page title={t("title")} description={t("description")} actions={actions} fill>
      {pipeline ? (
        <>
          <Group mb="sm" gap="xs">
            <NativeSelect
              aria-label={t("pipeline")}
              value={pipeline.id}
              data={pipelines.map(({ id, name }) => ({ value: id, label: name }))}
              onChange={(event) => change({ pipeline: event.currentTarget.value })}
            />
            <SearchField
              label={t("search")}
              placeholder={t("hint")}
              value={search.q ?? ""}
              onSearch={(q) => change({ q: q || undefined })}
              w={{ base: "100%", xs: 240 }}
            />
            <NativeSelect
              aria-label={t("whose")}
              value={search.whose ?? ""}
              data={[
                { value: "", label: t("everybody") },
                { value: "me", label: t("mine") },
                { value: "none", label: t("nobody") },
              ]}
              onChange={(event) =>
                change({
                  whose: opportunityOwners.find((each) => each === event.currentTarget.value),
                })
              }
            />
            <SegmentedControl
              aria-label={t("view")}
              value={search.view ?? "board"}
              data={[
                { value: "board", label: t("board") },
                { value: "list", label: t("list") },
              ]}
              onChange={(value) => change({ view: value === "list" ? "list" : undefined })}
            />
          </Group>
          {search.view === "list" ? (
            <OpportunityTable pipeline={pipeline} q={search.q} owner={search.whose} />
          ) : (
            <Board pipeline={pipeline} q={search.q} owner={search.whose} />
          )}
        </>
      ) : (
        <Empty icon={<IconLayoutKanban size={40} stroke={1.4} />} title={t("noPipeline")}>
          {t("noPipelineHint")} {!mayEditPipelines && t("askPipeline")}
        </Empty>
      )}
      {adding && pipeline && <OpportunityDialog pipeline={pipeline} onClose={add.close} />}
      {making && <PipelineDialog onClose={make.close} />}
      {changing && pipeline && <PipelineDialog pipeline={pipeline} onClose={changeIt.close} />}
    </Page>
  );
}
