import type { Answer } from "../../api/types.ts";

export type Import = Answer<"/api/v1/imports/{id}", "get">;
export type Uploaded = Answer<"/api/v1/imports", "post">;
export type ImportState = Import["state"];
export type Counts = Import["counts"];
export type Mode = Import["mode"];
export type ColumnMapping = Import["mapping"][number];

/** How a file is to be imported. */
export type Choices = Pick<Import, "mapping" | "mode" | "list_id" | "default_country">;
