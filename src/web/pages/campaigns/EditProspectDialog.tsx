import { Alert, Radio, SimpleGrid, Stack, Switch, Text, Textarea, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useAct } from "../../api/act.ts";
import { answer, api } from "../../api/client.ts";
import type { Answer } from "../../api/types.ts";
import { useMay } from "../../app/session.tsx";
import { FormDialog } from "../../components/FormDialog.tsx";
import { useWhyNot } from "../../components/May.tsx";
import { nameOf } from "../../components/naming.ts";
import { Failure, Loading } from "../../components/PageState.tsx";
import type { Campaign, Prospect } from "./types.ts";

interface EditProspectDialogProps {
  campaign: Campaign;
  prospect: Prospect;
  onClose: () => void;
}

type Edited = Answer<"/api/v1/campaigns/{id}/prospects/{contact_id}", "patch">;
const names = ["first_name", "last_name", "company", "job_title"] as const;

/** Edit prospect: names, and Do not contact in this campaign or in all. Nothing happens before Save changes. */
export function EditProspectDialog(props: EditProspectDialogProps) {
  const { t } = useTranslation("campaigns");
  const { id } = props.prospect.contact;
  const contact = useQuery({
    queryKey: ["contacts", id],
    queryFn: () => answer(api.GET("/api/v1/contacts/{id}", { params: { path: { id } } })),
  });
  if (contact.data) return <EditForm {...props} jobTitle={contact.data.job_title} />;
  return (
    <FormDialog
      opened
      onClose={props.onClose}
      title={t("prospects.edit")}
      submit={t("prospects.save")}
      disabled
      pending={false}
      error={null}
      onSubmit={() => {}}
    >
      {contact.error ? <Failure error={contact.error} /> : <Loading />}
    </FormDialog>
  );
}

function EditForm({
  campaign,
  prospect,
  onClose,
  jobTitle,
}: EditProspectDialogProps & { jobTitle: string }) {
  const { t } = useTranslation("campaigns");
  const { t: common } = useTranslation();
  const { t: contacts } = useTranslation("contacts");
  const may = useMay();
  const whyNot = useWhyNot()("contacts.edit");
  const before = prospect.do_not_contact;
  const form = useForm({
    initialValues: {
      first_name: prospect.contact.first_name,
      last_name: prospect.contact.last_name,
      company: prospect.contact.company,
      job_title: jobTitle,
      do_not_contact: before !== null,
      scope: before ?? ("campaign" as "campaign" | "all"),
      because: "",
    },
  });
  const { values } = form;
  const stopChanged =
    values.do_not_contact !== (before !== null) ||
    (values.do_not_contact && values.scope !== before);
  const lifts = before !== null && !values.do_not_contact;
  const save = useAct<Edited>({
    act: () =>
      answer(
        api.PATCH("/api/v1/campaigns/{id}/prospects/{contact_id}", {
          params: { path: { id: campaign.id, contact_id: prospect.contact.id } },
          body: {
            // Only what was changed: editing names needs more than stopping.
            ...Object.fromEntries(
              names.filter((name) => form.isDirty(name)).map((name) => [name, values[name]]),
            ),
            scope: lifts ? (before ?? "campaign") : values.scope,
            ...(stopChanged
              ? { do_not_contact: values.do_not_contact, because: values.because.trim() }
              : {}),
          },
        }),
      ),
    changes: [["campaigns", campaign.id], ["contacts"], ["messages"]],
    ownError: true,
    done: ({ receipt }) =>
      [
        t("prospects.saved"),
        receipt && receipt.cancelled_messages > 0
          ? common("cancelled", { count: receipt.cancelled_messages })
          : "",
        receipt && receipt.under_way.length > 0
          ? common("underWay", { count: receipt.under_way.length })
          : "",
      ]
        .filter(Boolean)
        .join(" "),
    onDone: onClose,
  });
  const field = (name: (typeof names)[number], label: string) => (
    <TextInput
      label={label}
      maxLength={200}
      disabled={whyNot !== undefined}
      {...form.getInputProps(name)}
    />
  );
  return (
    <FormDialog
      opened
      onClose={onClose}
      size="lg"
      title={t("prospects.editNamed", { name: nameOf(prospect.contact) })}
      submit={t("prospects.save")}
      disabled={!form.isDirty()}
      pending={save.isPending}
      error={save.error}
      onSubmit={() => save.mutate()}
    >
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        {field("first_name", contacts("create.firstName"))}
        {field("last_name", contacts("create.lastName"))}
        {field("company", contacts("create.company"))}
        {field("job_title", contacts("create.job"))}
      </SimpleGrid>
      {whyNot && (
        <Text size="sm" c="dimmed">
          {whyNot}
        </Text>
      )}
      <Stack gap="xs">
        <Switch
          label={t("prospects.doNotContact")}
          description={t("prospects.doNotContactHint")}
          data-autofocus
          disabled={before !== null && !may("contacts.edit")}
          {...form.getInputProps("do_not_contact", { type: "checkbox" })}
        />
        {values.do_not_contact && (
          <Radio.Group label={t("prospects.scope")} {...form.getInputProps("scope")}>
            <Stack gap={6} mt={4}>
              <Radio
                value="campaign"
                label={t("prospects.thisCampaign")}
                disabled={before === "all"}
              />
              <Radio value="all" label={t("prospects.allCampaigns")} />
            </Stack>
          </Radio.Group>
        )}
        {stopChanged && (
          <Textarea
            label={lifts ? t("prospects.becauseLift") : t("prospects.because")}
            maxLength={500}
            autosize
            minRows={2}
            {...form.getInputProps("because")}
          />
        )}
        {lifts && (
          <Alert color="yellow" role="note">
            {before === "all" ? t("prospects.liftAll") : t("prospects.liftOne")}
          </Alert>
        )}
      </Stack>
    </FormDialog>
  );
}
