import { Button, Table, Textarea, TextInput } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAct } from "../../../api/act.ts";
import { answer, api } from "../../../api/client.ts";
import { FormDialog } from "../../../components/FormDialog.tsx";
import { May } from "../../../components/May.tsx";
import { Page } from "../../../components/Page.tsx";
import { Empty, Loaded } from "../../../components/PageState.tsx";
import { NotAllowed } from "../NotAllowed.tsx";

export function TopicsPage() {
  const { t } = useTranslation("settings");
  const [adding, { open, close }] = useDisclosure();
  const query = useQuery({
    queryKey: ["topics"],
    queryFn: () => answer(api.GET("/api/v1/topics")),
  });
  return (
    <Page
      title={t("topics.title")}
      description={t("topics.description")}
      actions={
        <May permission="topics.edit">
          <Button leftSection={<IconPlus size={16} />} onClick={open}>
            {t("topics.add")}
          </Button>
        </May>
      }
    >
      <NotAllowed permission="topics.edit" />
      <Loaded query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={t("topics.empty")}>{t("topics.emptyHint")}</Empty>
          ) : (
            <Table maw={760}>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th scope="col">{t("name")}</Table.Th>
                  <Table.Th scope="col">{t("topics.descriptionField")}</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {items.map((topic) => (
                  <Table.Tr key={topic.id}>
                    <Table.Th scope="row">{topic.name}</Table.Th>
                    <Table.Td>{topic.description}</Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          )
        }
      </Loaded>
      {adding && <TopicDialog onClose={close} />}
    </Page>
  );
}

function TopicDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("settings");
  const { t: common } = useTranslation();
  const [name, setName] = useState("");
  const [description, setDescription] = useState("");
  const add = useAct({
    act: () => answer(api.POST("/api/v1/topics", { body: { name, description } })),
    changes: [["topics"]],
    ownError: true,
    onDone: onClose,
  });
  return (
    <FormDialog
      opened
      onClose={onClose}
      title={t("topics.add")}
      submit={common("add")}
      disabled={name.trim() === ""}
      pending={add.isPending}
      error={add.error}
      onSubmit={() => add.mutate()}
    >
      <TextInput
        label={t("name")}
        description={t("topics.nameHint")}
        required
        data-autofocus
        maxLength={200}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Textarea
        label={t("topics.descriptionField")}
        maxLength={2000}
        value={description}
        onChange={(event) => setDescription(event.currentTarget.value)}
      />
    </FormDialog>
  );
}
