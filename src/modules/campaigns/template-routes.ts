import { z } from "zod";
import {
  decodeIdCursor,
  encodeCursor,
  id,
  idParams,
  page,
  pageQuery,
  type Route,
  rfc3339,
  route,
  time,
} from "../../kernel/http/index.ts";
import { line, requireVisible } from "../contacts/index.ts";
import { actorOf } from "../ledger/index.ts";
import { previewContent } from "./preview-content.ts";
import { createTemplate, editTemplate, findTemplate } from "./save-template.ts";
import {
  countTemplates,
  listTemplates,
  type Template,
  type TemplateSummary,
} from "./template-queries.ts";

export const nameSchema = line(200).min(1, "must not be empty");

/** Text of many lines; a NUL character cannot be stored. */
const text = (most: number) =>
  z
    .string()
    .max(most)
    .refine((value) => !value.includes("\0"), "holds a NUL character");

const written = {
  subject: text(1_000),
  format: z
    .enum(["text", "mjml", "sms"])
    .describe("sms: a text message, also for WhatsApp; it has no subject"),
  body: text(1_000_000).min(1, "must not be empty"),
};

/** A mail has a subject; a text message has none. */
const hasSubject = ({
  subject,
  format,
}: {
  subject?: string | undefined;
  format?: string | undefined;
}) => subject !== "" || format === "sms";
const subjectMissing = { path: ["subject"], message: "must not be empty" };

const summarySchema = z.object({
  id,
  name: z.string(),
  subject: z.string(),
  format: z.enum(["text", "mjml", "sms"]),
  created_at: time,
  updated_at: time,
});

const templateSchema = summarySchema.extend({ body: z.string() });

const previewSchema = z.object({
  subject: z.string(),
  html: z.string().nullable(),
  text: z.string(),
  segments: z
    .object({
      encoding: z.enum(["gsm7", "ucs2"]),
      units: z.number().int(),
      segments: z.number().int(),
    })
    .nullable()
    .describe("Of a text message: how it travels, and how many carriers charge for"),
  problems: z.array(
    z.object({
      field: z.enum(["subject", "body"]),
      code: z.string(),
      message: z.string(),
      line: z.number().int().nullable(),
    }),
  ),
});

function presentSummary(template: TemplateSummary): z.input<typeof summarySchema> {
  return {
    id: template.id,
    name: template.name,
    subject: template.subject,
    format: template.format,
    created_at: rfc3339(template.created_at),
    updated_at: rfc3339(template.updated_at),
  };
}

function present(template: Template): z.input<typeof templateSchema> {
  return { ...presentSummary(template), body: template.body };
}

export const templateRoutes: Route[] = [
  route({
    method: "GET",
    path: "/templates",
    permission: "campaigns.view",
    summary: "Templates, newest first, without their bodies",
    tag: "Templates",
    query: pageQuery,
    response: page(summarySchema),
    async handler({ tx, query }) {
      const before = query.cursor ? decodeIdCursor(query.cursor) : null;
      const rows = await listTemplates(tx, { before, limit: query.limit + 1 });
      const shown = rows.slice(0, query.limit);
      const last = shown.at(-1);
      return {
        items: shown.map(presentSummary),
        next_cursor: rows.length > query.limit && last ? encodeCursor([last.id]) : null,
        ...(query.count ? { count: await countTemplates(tx) } : {}),
      };
    },
  }),
  route({
    method: "POST",
    path: "/templates",
    permission: "templates.edit",
    summary: "Write a template; Liquid fields are checked, MJML is compiled",
    tag: "Templates",
    body: z
      .object({
        name: nameSchema,
        ...written,
        subject: written.subject.default(""),
        format: written.format.default("text"),
      })
      .refine(hasSubject, subjectMissing),
    response: templateSchema,
    status: 201,
    handler: async ({ tx, caller, body }) =>
      present(await createTemplate(tx, { ...body, actor: actorOf(caller) })),
  }),
  route({
    method: "GET",
    path: "/templates/:id",
    permission: "campaigns.view",
    summary: "One template",
    tag: "Templates",
    params: idParams,
    response: templateSchema,
    handler: async ({ tx, params }) => present(await findTemplate(tx, params.id)),
  }),
  route({
    method: "PATCH",
    path: "/templates/:id",
    permission: "templates.edit",
    summary: "Change a template; campaigns that have started keep what they started with",
    tag: "Templates",
    params: idParams,
    body: z
      .object({ name: nameSchema, ...written })
      .partial()
      .refine(hasSubject, subjectMissing),
    response: templateSchema,
    handler: async ({ tx, caller, params, body }) =>
      present(await editTemplate(tx, { id: params.id, change: body, actor: actorOf(caller) })),
  }),
  route({
    method: "POST",
    path: "/templates/preview",
    permission: "campaigns.view",
    summary: "How unsaved content looks for a contact, or with sample values",
    tag: "Templates",
    body: z.object({
      ...written,
      subject: text(1_000),
      body: text(1_000_000),
      contact_id: id.nullish(),
    }),
    response: previewSchema,
    async handler({ tx, caller, body: { contact_id, ...source } }) {
      if (contact_id) await requireVisible(tx, caller, contact_id);
      return previewContent(tx, source, contact_id ?? null);
    },
  }),
  route({
    method: "POST",
    path: "/templates/:id/preview",
    permission: "campaigns.view",
    summary: "How a template looks for a contact, or with sample values",
    tag: "Templates",
    params: idParams,
    body: z.object({ contact_id: id.nullish() }),
    response: previewSchema,
    async handler({ tx, caller, params, body }) {
      if (body.contact_id) await requireVisible(tx, caller, body.contact_id);
      return previewContent(tx, await findTemplate(tx, params.id), body.contact_id ?? null);
    },
  }),
];
