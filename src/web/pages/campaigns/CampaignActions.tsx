import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import {
  IconMailCheck,
  IconPencil,
  IconPlayerPause,
  IconPlayerPlay,
  IconSend,
} from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useAct } from "../../api/act.ts";
import { answer, api } from "../../api/client.ts";
import { May, useWhyNot } from "../../components/May.tsx";
import { RenameDialog } from "./RenameDialog.tsx";
import { StartDialog } from "./StartDialog.tsx";
import { TestDialog } from "./TestDialog.tsx";
import type { Campaign } from "./types.ts";

/** What can be done to a campaign as a whole, by its state. */
export function CampaignActions({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation("campaigns");
  const whyNot = useWhyNot()("campaigns.run");
  const [renaming, rename] = useDisclosure();
  const [testing, test] = useDisclosure();
  const [starting, start] = useDisclosure();
  const params = { path: { id: campaign.id } };
  const pause = useAct<Campaign>({
    act: () => answer(api.POST("/api/v1/campaigns/{id}/pause", { params })),
    changes: [["campaigns"]],
    done: t("paused"),
  });
  const resume = useAct<Campaign>({
    act: () => answer(api.POST("/api/v1/campaigns/{id}/resume", { params })),
    changes: [["campaigns"]],
    done: t("resumed"),
  });
  const guarded = { disabled: whyNot !== undefined, title: whyNot };
  return (
    <>
      <May permission="campaigns.edit">
        <Button variant="default" leftSection={<IconPencil size={16} />} onClick={rename.open}>
          {t("rename")}
        </Button>
      </May>
      {campaign.steps.length > 0 && (
        <Button
          variant="default"
          leftSection={<IconMailCheck size={16} />}
          onClick={test.open}
          {...guarded}
        >
          {t("test")}
        </Button>
      )}
      {campaign.state === "draft" && (
        <Button leftSection={<IconSend size={16} />} onClick={start.open} {...guarded}>
          {t("start")}
        </Button>
      )}
      {campaign.state === "running" && (
        <Button
          leftSection={<IconPlayerPause size={16} />}
          loading={pause.isPending}
          onClick={() => pause.mutate()}
          {...guarded}
        >
          {t("pause")}
        </Button>
      )}
      {campaign.state === "paused" && (
        <Button
          leftSection={<IconPlayerPlay size={16} />}
          loading={resume.isPending}
          onClick={() => resume.mutate()}
          {...guarded}
        >
          {t("resume")}
        </Button>
      )}
      {renaming && <RenameDialog campaign={campaign} onClose={rename.close} />}
      {testing && <TestDialog campaign={campaign} onClose={test.close} />}
      {starting && <StartDialog campaign={campaign} onClose={start.close} />}
    </>
  );
}
