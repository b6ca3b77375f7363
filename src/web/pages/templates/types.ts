import type { Answer, Item } from "../../api/types.ts";

export type Template = Answer<"/api/v1/templates/{id}", "get">;
export type TemplateSummary = Item<"/api/v1/templates">;
export type Preview = Answer<"/api/v1/templates/preview", "post">;
export type Problem = Preview["problems"][number];

/** What is written of a template. */
export type Written = Pick<Template, "name" | "subject" | "format" | "body">;
