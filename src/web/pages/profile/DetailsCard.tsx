import { Anchor, Button, Card, Group, Title } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconPencil } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Contact } from "../../api/types.ts";
import { useUserNames } from "../../api/users.ts";
import { ChannelIcon } from "../../components/ChannelMarks.tsx";
import { May } from "../../components/May.tsx";
import { Moment } from "../../components/Moment.tsx";
import { AddressVerification } from "./AddressVerification.tsx";
import { EditContactDialog } from "./EditContactDialog.tsx";
import classes from "./Profile.module.css";

/** What is known of the person. */
export function DetailsCard({ contact }: { contact: Contact }) {
  const { t } = useTranslation("profile");
  const { t: common } = useTranslation();
  const userName = useUserNames();
  const [editing, { open, close }] = useDisclosure();
  const attributes = Object.entries(contact.attributes);
  const name = `${contact.first_name} ${contact.last_name}`.trim();
  return (
    <Card withBorder>
      <Group justify="space-between" mb="sm">
        <Title order={2}>{t("details.title")}</Title>
        <May permission="contacts.edit">
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconPencil size={14} />}
            onClick={open}
          >
            {t("details.edit")}
          </Button>
        </May>
      </Group>
      <dl className={classes.facts}>
        <Fact name={t("details.name")}>{name}</Fact>
        <Fact name={t("details.company")}>{contact.company}</Fact>
        <Fact name={t("details.job")}>{contact.job_title}</Fact>
        <Fact name={t("details.addresses")}>
          {contact.addresses.map((address) => (
            <div key={`${address.channel} ${address.value}`}>
              <div className={classes.address}>
                <span title={common(`channel.${address.channel}`)}>
                  <ChannelIcon channel={address.channel} />
                  <span className="visually-hidden">{common(`channel.${address.channel}`)}</span>
                </span>
                <Anchor
                  size="sm"
                  href={`${address.channel === "email" ? "mailto" : "tel"}:${address.value}`}
                >
                  {address.value}
                </Anchor>
                {address.primary && contact.addresses.length > 1 && (
                  <small className={classes.dimmed}>{t("details.primary")}</small>
                )}
              </div>
              {address.channel === "email" && address.primary && (
                <AddressVerification contactId={contact.id} />
              )}
            </div>
          ))}
        </Fact>
        <Fact name={t("details.owner")}>
          {contact.owner_id ? (userName(contact.owner_id) ?? common("someone")) : t("noOwner")}
        </Fact>
        <Fact name={t("details.language")}>{contact.locale}</Fact>
        {attributes.map(([key, value]) => (
          <Fact key={key} name={key}>
            {typeof value === "boolean" ? common(value ? "yes" : "no") : String(value)}
          </Fact>
        ))}
        <Fact name={t("details.created")}>
          <Moment at={contact.created_at} />
        </Fact>
        <Fact name={t("details.changed")}>
          <Moment at={contact.updated_at} />
        </Fact>
      </dl>
      {editing && <EditContactDialog contact={contact} onClose={close} />}
    </Card>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  const empty =
    children === "" || children === null || (Array.isArray(children) && children.length === 0);
  return (
    <>
      <dt>{name}</dt>
      <dd>{empty ? "—" : children}</dd>
    </>
  );
}
