import { Temporal } from "temporal-polyfill";
import type { Tx } from "../../kernel/database/index.ts";
import { findWorkspace, readPolicy } from "../access/index.ts";
import { type ContentVariables, sampleVariables } from "./content/index.ts";
import { type ContactValues, selectContactValues, selectSender } from "./content-queries.ts";

/** What the mails of one campaign have in common, whoever receives them. */
export type CommonVariables = Pick<ContentVariables, "campaign" | "workspace" | "sender" | "today">;

/** Without a campaign (a preview), sample values stand in for it. The sender is left empty. */
export async function commonVariables(
  tx: Tx,
  campaign: { name: string; timeZone: string } | null,
): Promise<CommonVariables> {
  const workspace = await findWorkspace(tx);
  return {
    campaign: { name: campaign?.name ?? sampleVariables.campaign.name },
    workspace: {
      name: workspace.name,
      postal_address: readPolicy(workspace.policy).postal_address,
    },
    sender: { name: "", address: "" },
    today: Temporal.Now.plainDateISO(campaign?.timeZone ?? "UTC").toString(),
  };
}

/** A contact's fields under the names that templates use. */
export function contactVariables(contact: ContactValues): ContentVariables["contact"] {
  return {
    first_name: contact.first_name,
    last_name: contact.last_name,
    full_name: [contact.first_name, contact.last_name].filter(Boolean).join(" "),
    company: contact.company,
    job_title: contact.job_title,
    email: contact.email ?? "",
    phone: contact.phone ?? "",
    attributes: contact.attributes,
  };
}

/** All values for a preview: of a contact whom the caller may see, or samples. */
export async function previewVariables(
  tx: Tx,
  contactId: string | null,
): Promise<ContentVariables> {
  const contact = contactId ? (await selectContactValues(tx, [contactId]))[0] : undefined;
  const sender = await selectSender(tx);
  return {
    ...sampleVariables,
    ...(await commonVariables(tx, null)),
    ...(sender ? { sender: { name: sender.from_name, address: sender.from_address } } : {}),
    ...(contact ? { contact: contactVariables(contact) } : {}),
  };
}
