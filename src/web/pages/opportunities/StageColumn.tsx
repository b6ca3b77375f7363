import { Button, Text } from "@mantine/core";
import { type DragEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { answer, api } from "../../api/client.ts";
import { usePages } from "../../api/pages.ts";
import type { Opportunity, Pipeline } from "../../api/types.ts";
import { Failure, Loading } from "../../components/PageState.tsx";
import { useFormats } from "../../i18n/format.ts";
import classes from "./Board.module.css";
import type { Move } from "./Board.tsx";
import { OpportunityCard } from "./OpportunityCard.tsx";

interface StageColumnProps {
  pipeline: Pipeline;
  stage: Pipeline["stages"][number];
  q: string | undefined;
  owner: "me" | "none" | undefined;
  dragged: Opportunity | null;
  onDrag: (opportunity: Opportunity | null) => void;
  onMove: (move: Move) => void;
  onOpen: (opportunity: Opportunity) => void;
}

/** One stage: what stands in it in its order, and what it is worth. */
export function StageColumn(props: StageColumnProps) {
  const { pipeline, stage, q, owner, dragged, onMove } = props;
  const { t } = useTranslation("opportunities");
  const { money, number } = useFormats();
  const [over, setOver] = useState(false);
  const pages = usePages<Opportunity>(["opportunities", "stage", stage.id, q, owner], (cursor) =>
    answer(
      api.GET("/api/v1/opportunities", {
        params: { query: { limit: 50, cursor, stage_id: stage.id, q, owner_id: owner } },
      }),
    ),
  );
  const drop = (position: number) => {
    setOver(false);
    if (dragged) onMove({ opportunity: dragged, stageId: stage.id, position });
  };
  const take = (event: DragEvent, act: () => void) => {
    if (!dragged) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  };
  /** Among the others: a card that comes from above leaves its own place first. */
  const placeBefore = (index: number) => {
    const from = pages.items.findIndex((each) => each.id === dragged?.id);
    return from !== -1 && from < index ? index - 1 : index;
  };
  const sums = stage.amounts.map(({ amount, currency }) => money(amount, currency)).join(" + ");
  return (
    <section
      className={classes.stage}
      aria-label={stage.name}
      data-over={over || undefined}
      onDragOver={(event) => take(event, () => setOver(true))}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => take(event, () => drop(pages.items.length))}
    >
      <h2>{stage.name}</h2>
      <p className={classes.sums}>
        {number(stage.opportunities)}
        {sums && ` · ${sums}`}
      </p>
      {pages.error ? (
        <Failure error={pages.error} retry={pages.refetch} />
      ) : pages.isPending ? (
        <Loading />
      ) : pages.items.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t(q || owner ? "noMatch" : "stageEmpty")}
        </Text>
      ) : (
        <ul className={classes.cards}>
          {pages.items.map((opportunity, index) => (
            <OpportunityCard
              key={opportunity.id}
              pipeline={pipeline}
              opportunity={opportunity}
              index={index}
              last={index === pages.items.length - 1 && !pages.hasMore}
              onDrag={props.onDrag}
              onDragOver={(event) => take(event, () => setOver(false))}
              onDropBefore={(event) => take(event, () => drop(placeBefore(index)))}
              onMove={onMove}
              onOpen={props.onOpen}
            />
          ))}
        </ul>
      )}
      {pages.hasMore && (
        <Button variant="default" onClick={pages.fetchMore} loading={pages.isFetchingMore}>
          {t("more")}
        </Button>
      )}
    </section>
  );
}
