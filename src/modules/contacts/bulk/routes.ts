import { z } from "zod";
import { type Route, route } from "../../../kernel/http/index.ts";
import type { JobKinds } from "../../../kernel/jobs/index.ts";
import { selectionSchema } from "../finding/filter.ts";
import { attributeChangesSchema, contactChangesSchema } from "../schemas.ts";
import { checkOwner } from "../visibility.ts";
import { actOnContacts } from "./act-on-contacts.ts";
import { doneAtOnceSchema, presentDone } from "./answer.ts";
import { bulkEdit } from "./bulk-edit.ts";
import { contactsJobs } from "./contacts-job.ts";

const { owner_id, company, job_title, locale } = contactChangesSchema.shape;

const bulkChangesSchema = z
  .strictObject({
    owner_id,
    company,
    job_title,
    locale,
    attributes: attributeChangesSchema.optional().describe("Merged; null takes an attribute away"),
    stage: z
      .enum(["processed"])
      .nullable()
      .optional()
      .describe("Processed, until the person answers or is written to again; null takes it back"),
  })
  .refine((changes) => Object.keys(changes).length > 0, "names nothing to change");

export const bulkContactRoutes: Route[] = [
  route({
    method: "POST",
    path: "/contacts/bulk-edit",
    permission: "contacts.edit",
    summary: "Change the same fields of many contacts",
    description:
      "Up to 200 at once, with a result for each; up to 1,000,000 as a job. Undoing sets back what nobody changed since.",
    tag: "Contacts",
    body: z.object({ selection: selectionSchema, changes: bulkChangesSchema }),
    response: doneAtOnceSchema,
    mayBeJob: true,
    async handler({ tx, caller, body }) {
      const { selection, changes } = body;
      if (changes.owner_id !== undefined) await checkOwner(tx, caller, changes.owner_id);
      const params = { changes, at: new Date().toISOString() };
      return presentDone(await actOnContacts(tx, bulkEdit, { selection, params, caller }));
    },
  }),
];

/** The jobs of this module, by kind. */
export const contactJobs: JobKinds = contactsJobs(bulkEdit);
