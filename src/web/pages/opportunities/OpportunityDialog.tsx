import { Button, NativeSelect, NumberInput, Select, SimpleGrid, TextInput } from "@mantine/core";
import { DateInput } from "@mantine/dates";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAct } from "../../api/act.ts";
import { answer, api } from "../../api/client.ts";
import type { Opportunity, Pipeline } from "../../api/types.ts";
import { useUserChoices } from "../../api/users.ts";
import { useMay, useMe } from "../../app/session.tsx";
import { type ChosenContact, ContactsChoice } from "../../components/ContactsChoice.tsx";
import { DeleteDialog } from "../../components/DeleteDialog.tsx";
import { FormDialog } from "../../components/FormDialog.tsx";
import { changedByOpportunities } from "./queries.ts";

interface OpportunityDialogProps {
  pipeline: Pipeline;
  /** The opportunity to change; absent, a new one. */
  opportunity?: Opportunity;
  /** Whom a new one is with. */
  contact?: ChosenContact;
  onClose: () => void;
}

const currencies = Intl.supportedValuesOf("currency");

/** Adds an opportunity or changes one. */
export function OpportunityDialog({
  pipeline,
  opportunity,
  contact,
  onClose,
}: OpportunityDialogProps) {
  const { t } = useTranslation("opportunities");
  const { t: common } = useTranslation();
  const me = useMe();
  const users = useUserChoices();
  const mayEdit = useMay()("contacts.edit");
  const [title, setTitle] = useState(opportunity?.title ?? "");
  const [amount, setAmount] = useState<number | string>(opportunity?.amount ?? "");
  const [currency, setCurrency] = useState(opportunity?.currency ?? "EUR");
  const [stageId, setStageId] = useState(opportunity?.stage.id ?? pipeline.stages[0]?.id ?? "");
  const [owner, setOwner] = useState(opportunity ? opportunity.owner_id : me.user.id);
  const [close, setClose] = useState(opportunity?.expected_close ?? null);
  const [contacts, setContacts] = useState<ChosenContact[]>(
    opportunity?.contacts ?? (contact ? [contact] : []),
  );
  const [tried, setTried] = useState(false);
  const [deleting, setDeleting] = useState(false);
  const save = useAct({
    act: async () => {
      const body = {
        title: title.trim(),
        amount: amount === "" ? null : Number(amount),
        currency,
        owner_id: owner,
        expected_close: close,
        contact_ids: contacts.map(({ id }) => id),
      };
      if (!opportunity) {
        return answer(api.POST("/api/v1/opportunities", { body: { ...body, stage_id: stageId } }));
      }
      const path = { id: opportunity.id };
      const saved = await answer(
        api.PATCH("/api/v1/opportunities/{id}", { params: { path }, body }),
      );
      return stageId === opportunity.stage.id
        ? saved
        : answer(
            api.POST("/api/v1/opportunities/{id}/move", {
              params: { path },
              body: { stage_id: stageId },
            }),
          );
    },
    changes: changedByOpportunities,
    done: t("saved"),
    ownError: true,
    onDone: onClose,
  });
  const submit = () => {
    setTried(true);
    if (title.trim() !== "" && contacts.length > 0) save.mutate();
  };
  return (
    <FormDialog
      opened
      onClose={onClose}
      title={t(opportunity ? "editTitle" : "addTitle")}
      submit={common(opportunity ? "save" : "add")}
      size="lg"
      disabled={!mayEdit}
      pending={save.isPending}
      error={save.error}
      onSubmit={submit}
    >
      <TextInput
        label={t("fields.title")}
        required
        data-autofocus
        maxLength={300}
        value={title}
        error={tried && title.trim() === "" && t("needTitle")}
        onChange={(event) => setTitle(event.currentTarget.value)}
      />
      <ContactsChoice
        label={t("fields.contacts")}
        nothingFound={t("fields.nobody")}
        removeLabel={(name) => t("fields.remove", { name })}
        value={contacts}
        onChange={setContacts}
        {...(tried && contacts.length === 0 ? { description: t("needContact") } : {})}
      />
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <NumberInput
          label={t("amount")}
          value={amount}
          onChange={setAmount}
          min={0}
          decimalScale={2}
          thousandSeparator=" "
          hideControls
        />
        <Select
          label={t("fields.currency")}
          data={currencies}
          value={currency}
          onChange={(chosen) => chosen && setCurrency(chosen)}
          searchable
        />
        <NativeSelect
          label={t("stage")}
          value={stageId}
          data={pipeline.stages.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(event) => setStageId(event.currentTarget.value)}
        />
        <DateInput
          label={t("expected")}
          value={close}
          onChange={setClose}
          valueFormat="YYYY-MM-DD"
          clearable
        />
        <Select
          label={t("owner")}
          placeholder={t("noOwner")}
          data={users}
          value={owner}
          onChange={setOwner}
          searchable
          clearable
        />
      </SimpleGrid>
      {opportunity && mayEdit && (
        <Button variant="subtle" color="red" c="var(--heed-red)" onClick={() => setDeleting(true)}>
          {t("deleteTitle")}
        </Button>
      )}
      {opportunity && deleting && (
        <DeleteDialog
          title={t("deleteTitle")}
          text={t("deleteText", { title: opportunity.title })}
          act={() =>
            answer(
              api.DELETE("/api/v1/opportunities/{id}", {
                params: { path: { id: opportunity.id } },
              }),
            )
          }
          changes={changedByOpportunities}
          done={t("deleted")}
          onClose={() => setDeleting(false)}
          onDone={onClose}
        />
      )}
    </FormDialog>
  );
}
