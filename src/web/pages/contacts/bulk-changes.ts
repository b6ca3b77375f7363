import type { Body } from "../../api/types.ts";

export type BulkChanges = Body<"/api/v1/contacts/bulk-edit", "post">["changes"];

/** What the form of a bulk edit says; an empty field changes nothing. */
export interface BulkForm {
  /** A user's id, "none" to take the owner away, null to leave it. */
  owner: string | null;
  stage: "keep" | "processed" | "facts";
  company: string;
  job_title: string;
  locale: string;
  attributes: { name: string; value: string }[];
}

export const unchanged: BulkForm = {
  owner: null,
  stage: "keep",
  company: "",
  job_title: "",
  locale: "",
  attributes: [],
};

/** The changes that a form names; an attribute without a value is taken away. */
export function changesIn(form: BulkForm): BulkChanges {
  const changes: BulkChanges = {};
  if (form.owner !== null) changes.owner_id = form.owner === "none" ? null : form.owner;
  if (form.stage !== "keep") changes.stage = form.stage === "processed" ? "processed" : null;
  for (const name of ["company", "job_title", "locale"] as const) {
    if (form[name].trim() !== "") changes[name] = form[name].trim();
  }
  const attributes = form.attributes
    .map(({ name, value }) => [name.trim(), value.trim() === "" ? null : value.trim()] as const)
    .filter(([name]) => name !== "");
  if (attributes.length > 0) changes.attributes = Object.fromEntries(attributes);
  return changes;
}
