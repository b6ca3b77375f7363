import type { Attributes } from "../schemas.ts";

/** What a bulk edit names; the rest stays. */
export interface BulkChanges {
  owner_id?: string | null;
  /** Merged into what is there; null takes an attribute away. */
  attributes?: Record<string, string | number | boolean | null>;
  company?: string;
  job_title?: string;
  locale?: string | null;
  /** "Processed" by hand, or null to leave the stage to the facts again. */
  stage?: "processed" | null;
}

/** The fields of a contact that a bulk edit may change. */
export interface Fields {
  owner_id: string | null;
  attributes: Attributes;
  company: string;
  job_title: string;
  locale: string | null;
  /** RFC 3339. */
  processed_at: string | null;
}

const words: Readonly<Record<keyof BulkChanges, string>> = {
  owner_id: "owner",
  stage: "stage",
  company: "company",
  job_title: "job title",
  locale: "language",
  attributes: "attributes",
};

/** What is changed, for a job's title: "owner, company". */
export function wordsOf(changes: BulkChanges): string {
  const named = (Object.keys(words) as (keyof BulkChanges)[]).filter((name) => name in changes);
  return named.map((name) => words[name]).join(", ");
}

type Value = string | number | boolean | null;

/** What an item keeps for its undoing: each changed field, before and after. */
export interface Kept {
  fields: Record<string, [before: Value, after: Value]>;
  attributes: Record<string, [before: Value, after: Value]>;
}

export function fieldsOf(contact: {
  owner_id: string | null;
  attributes: Attributes;
  company: string;
  job_title: string;
  locale: string | null;
  processed_at: Date | null;
}): Fields {
  const { owner_id, attributes, company, job_title, locale, processed_at } = contact;
  return {
    owner_id,
    attributes,
    company,
    job_title,
    locale,
    processed_at: processed_at?.toISOString() ?? null,
  };
}

/** The fields with the changes made; `at` is when they were asked for. */
export function editedBy(before: Fields, changes: BulkChanges, at: string): Fields {
  const { attributes, stage, ...plain } = changes;
  const merged = Object.entries({ ...before.attributes, ...attributes });
  return {
    ...before,
    ...plain,
    attributes: Object.fromEntries(merged.filter(([, value]) => value !== null)) as Attributes,
    ...(stage === undefined ? {} : { processed_at: stage === "processed" ? at : null }),
  };
}

export function keptOf(before: Fields, after: Fields): Kept {
  const kept: Kept = { fields: {}, attributes: {} };
  for (const name of plainFields) {
    if (before[name] !== after[name]) kept.fields[name] = [before[name], after[name]];
  }
  const names = new Set([...Object.keys(before.attributes), ...Object.keys(after.attributes)]);
  for (const name of names) {
    const [was, is] = [before.attributes[name] ?? null, after.attributes[name] ?? null];
    if (was !== is) kept.attributes[name] = [was, is];
  }
  return kept;
}

const plainFields = ["owner_id", "company", "job_title", "locale", "processed_at"] as const;

/** Sets back what still is as the edit left it; `left` counts what somebody changed since. */
export function takenBack(now: Fields, kept: Kept): { after: Fields; left: number } {
  const after: Fields = { ...now, attributes: { ...now.attributes } };
  let left = 0;
  for (const [name, [was, is]] of Object.entries(kept.fields)) {
    const field = name as (typeof plainFields)[number];
    if (now[field] === is) Object.assign(after, { [field]: was });
    else left += 1;
  }
  for (const [name, [was, is]] of Object.entries(kept.attributes)) {
    if ((now.attributes[name] ?? null) !== is) left += 1;
    else if (was === null) delete after.attributes[name];
    else after.attributes[name] = was;
  }
  return { after, left };
}
