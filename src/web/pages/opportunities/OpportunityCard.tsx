import { ActionIcon, Anchor, Group, Menu, Text } from "@mantine/core";
import { IconArrowsMove } from "@tabler/icons-react";
import { type DragEvent, Fragment, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Opportunity, Pipeline } from "../../api/types.ts";
import { useUserNames } from "../../api/users.ts";
import { useMay } from "../../app/session.tsx";
import { RowLink } from "../../components/RowLink.tsx";
import { useFormats } from "../../i18n/format.ts";
import classes from "./Board.module.css";
import type { Move } from "./Board.tsx";

interface OpportunityCardProps {
  pipeline: Pipeline;
  opportunity: Opportunity;
  /** Its place in the stage, from 0. */
  index: number;
  last: boolean;
  onDrag: (opportunity: Opportunity | null) => void;
  onDragOver: (event: DragEvent) => void;
  onDropBefore: (event: DragEvent) => void;
  onMove: (move: Move) => void;
  onOpen: (opportunity: Opportunity) => void;
}

export function OpportunityCard(props: OpportunityCardProps) {
  const { pipeline, opportunity, index, last, onMove } = props;
  const { t } = useTranslation("opportunities");
  const { money, date } = useFormats();
  const userName = useUserNames();
  const mayEdit = useMay()("contacts.edit");
  const [over, setOver] = useState(false);
  const { title, amount, currency, contacts, owner_id, expected_close, stage } = opportunity;
  const to = (stageId: string, position: number) => () =>
    onMove({ opportunity, stageId, position });
  const facts = [
    owner_id && userName(owner_id),
    expected_close && t("closes", { day: date(expected_close) }),
  ].filter(Boolean);
  return (
    <li
      className={classes.card}
      draggable={mayEdit}
      data-over={over || undefined}
      onDragStart={(event) => {
        event.dataTransfer.effectAllowed = "move";
        event.dataTransfer.setData("text/plain", title);
        props.onDrag(opportunity);
      }}
      onDragEnd={() => props.onDrag(null)}
      onDragOver={(event) => {
        props.onDragOver(event);
        setOver(event.defaultPrevented);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        setOver(false);
        props.onDropBefore(event);
      }}
    >
      <Group justify="space-between" wrap="nowrap" align="flex-start" gap={4}>
        <Anchor
          component="button"
          type="button"
          size="sm"
          fw={600}
          ta="start"
          c="inherit"
          onClick={() => props.onOpen(opportunity)}
        >
          {title}
        </Anchor>
        {mayEdit && (
          <Menu position="bottom-end" withinPortal={false} floatingStrategy="fixed">
            <Menu.Target>
              <ActionIcon
                variant="subtle"
                color="gray"
                c="inherit"
                size="sm"
                aria-label={t("move", { title })}
              >
                <IconArrowsMove size={14} />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              {index > 0 && <Menu.Item onClick={to(stage.id, index - 1)}>{t("up")}</Menu.Item>}
              {!last && <Menu.Item onClick={to(stage.id, index + 1)}>{t("down")}</Menu.Item>}
              {pipeline.stages
                .filter((each) => each.id !== stage.id)
                .map((each) => (
                  <Menu.Item key={each.id} onClick={to(each.id, 0)}>
                    {t("moveTo", { stage: each.name })}
                  </Menu.Item>
                ))}
            </Menu.Dropdown>
          </Menu>
        )}
      </Group>
      <Text size="sm">
        {contacts.map(({ id, name }, place) => (
          <Fragment key={id}>
            {place > 0 && ", "}
            <Anchor
              component={RowLink}
              to={`/contacts/${id}?tab=opportunities`}
              inherit
              underline="always"
            >
              {name}
            </Anchor>
          </Fragment>
        ))}
      </Text>
      {amount !== null && <Text size="sm">{money(amount, currency)}</Text>}
      {facts.length > 0 && (
        <Text size="xs" c="dimmed">
          {facts.join(" · ")}
        </Text>
      )}
    </li>
  );
}
