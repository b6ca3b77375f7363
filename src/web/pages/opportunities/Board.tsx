import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAct } from "../../api/act.ts";
import { answer, api } from "../../api/client.ts";
import type { Opportunity, Pipeline } from "../../api/types.ts";
import classes from "./Board.module.css";
import { OpportunityDialog } from "./OpportunityDialog.tsx";
import { changedByOpportunities } from "./queries.ts";
import { StageColumn } from "./StageColumn.tsx";

interface BoardProps {
  pipeline: Pipeline;
  q: string | undefined;
  owner: "me" | "none" | undefined;
}

/** Where an opportunity is to go: a stage, and the place in it. */
export interface Move {
  opportunity: Opportunity;
  stageId: string;
  position: number;
}

/** The stages side by side. Cards are dragged, or moved by their menus. */
export function Board({ pipeline, q, owner }: BoardProps) {
  const { t } = useTranslation("opportunities");
  const [dragged, setDragged] = useState<Opportunity | null>(null);
  const [opened, setOpened] = useState<Opportunity | null>(null);
  const stageName = (id: string) => pipeline.stages.find((each) => each.id === id)?.name ?? "";
  const move = useAct({
    act: ({ opportunity, stageId, position }: Move) =>
      answer(
        api.POST("/api/v1/opportunities/{id}/move", {
          params: { path: { id: opportunity.id } },
          body: { stage_id: stageId, position },
        }),
      ),
    changes: changedByOpportunities,
    done: (_, { opportunity, stageId }) =>
      t("moved", { title: opportunity.title, stage: stageName(stageId) }),
  });
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard (WCAG 2.1.1) */}
      <section className={classes.board} aria-label={t("board")} tabIndex={0}>
        {pipeline.stages.map((stage) => (
          <StageColumn
            key={stage.id}
            pipeline={pipeline}
            stage={stage}
            q={q}
            owner={owner}
            dragged={dragged}
            onDrag={setDragged}
            onMove={(to) => {
              setDragged(null);
              move.mutate(to);
            }}
            onOpen={setOpened}
          />
        ))}
      </section>
      {opened && (
        <OpportunityDialog
          pipeline={pipeline}
          opportunity={opened}
          onClose={() => setOpened(null)}
        />
      )}
    </>
  );
}
