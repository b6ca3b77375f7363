import { z } from "zod";
import type { Tx } from "../../kernel/database/index.ts";
import { id, idParams, type Route, route } from "../../kernel/http/index.ts";
import { findWorkspace } from "../access/index.ts";
import { findTopic } from "../consent/index.ts";
import { actorOf } from "../ledger/index.ts";
import { type Form, formFields, formKinds } from "./form.ts";
import { formMarkup } from "./pages.ts";
import { publicFormRoutes } from "./public-routes.ts";
import { listForms } from "./queries.ts";
import { changeForm, createForm, removeForm } from "./save-form.ts";

/** What the routes of forms need to know of the installation. */
export interface FormParts {
  /** Where recipients reach it, without a trailing slash. */
  publicUrl: string;
}

const origin = z
  .url({ protocol: /^https?$/ })
  .refine((text) => URL.canParse(text) && new URL(text).origin === text, {
    message: "is a website alone, such as https://example.org",
  });

const fields = {
  name: z.string().trim().min(1).max(200),
  kind: z.enum(formKinds),
  topic_id: id.nullable().describe("What people opt in to; of a stop: null is every mail"),
  list_id: id.nullable().describe("The list that subscribers come on"),
  fields: z.array(z.enum(formFields)).max(formFields.length),
  wording: z.string().max(2000).describe("What people agree to; empty takes words of ours"),
  double_opt_in: z.boolean().describe("Ask by mail first; without it nothing is lifted"),
  origins: z.array(origin).max(20).describe("Websites that may show it in a frame"),
  redirect_url: z
    .url({ protocol: /^https?$/ })
    .max(2000)
    .nullable(),
};

const newForm = z.strictObject({
  ...fields,
  topic_id: fields.topic_id.default(null),
  list_id: fields.list_id.default(null),
  fields: fields.fields.default([]),
  wording: fields.wording.default(""),
  double_opt_in: fields.double_opt_in.default(true),
  origins: fields.origins.default([]),
  redirect_url: fields.redirect_url.default(null),
});

const formSchema = z.object({
  id,
  ...fields,
  url: z.string().describe("The form as a page of its own"),
  snippet: z.string().describe("HTML to paste into a website; it has no script"),
});

export function formRoutes(parts: FormParts): Route[] {
  return [
    route({
      method: "GET",
      path: "/forms",
      permission: "forms.edit",
      summary: "Forms to subscribe, update and stop",
      tag: "Forms",
      response: z.object({ items: z.array(formSchema), next_cursor: z.null() }),
      async handler({ tx }) {
        const items = [];
        for (const form of await listForms(tx)) items.push(await present(tx, parts, form));
        return { items, next_cursor: null };
      },
    }),
    route({
      method: "POST",
      path: "/forms",
      permission: "forms.edit",
      summary: "Make a form",
      tag: "Forms",
      body: newForm,
      response: formSchema,
      status: 201,
      handler: async ({ tx, caller, body }) =>
        present(tx, parts, await createForm(tx, { form: body, actor: actorOf(caller) })),
    }),
    route({
      method: "PATCH",
      path: "/forms/:id",
      permission: "forms.edit",
      summary: "Change a form",
      tag: "Forms",
      params: idParams,
      body: z.strictObject(fields).partial(),
      response: formSchema,
      async handler({ tx, caller, params, body }) {
        const named = Object.entries(body).filter(([, value]) => value !== undefined);
        const form = await changeForm(tx, {
          formId: params.id,
          changes: Object.fromEntries(named),
          actor: actorOf(caller),
        });
        return present(tx, parts, form);
      },
    }),
    route({
      method: "DELETE",
      path: "/forms/:id",
      permission: "forms.edit",
      summary: "Take a form out of use; what it asked to confirm can no longer be",
      tag: "Forms",
      params: idParams,
      handler: ({ tx, caller, params }) =>
        removeForm(tx, { formId: params.id, actor: actorOf(caller) }),
    }),
    ...publicFormRoutes(),
  ];
}

async function present(tx: Tx, parts: FormParts, form: Form): Promise<z.input<typeof formSchema>> {
  const url = `${parts.publicUrl}/f/${form.id}`;
  const topic = form.topic_id === null ? undefined : await findTopic(tx, form.topic_id);
  const from = (await findWorkspace(tx)).name;
  const page = { language: "en" as const, from, form, topicName: topic?.name ?? null };
  return { ...form, url, snippet: formMarkup(page, url).markup };
}
