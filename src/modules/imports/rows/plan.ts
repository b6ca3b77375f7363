import { HeedError } from "../../../kernel/errors.ts";
import { type ContactField, isStopField, type SingleField, type StopField } from "../csv/fields.ts";
import {
  type ColumnMapping,
  checkMapping,
  type ProposedColumn,
  proposeMapping,
} from "../csv/mapping.ts";

/** As many attributes as a contact may have (contacts/rules.ts). */
const attributesAtMost = 100;

/** Where in a row each field stands: a mapping, made fast to read with. */
export interface Plan {
  readonly columns: number;
  /** -1 where no column has the field. */
  readonly at: Readonly<Record<SingleField, number>>;
  readonly tags: readonly number[];
  readonly attributes: readonly { key: string; at: number }[];
  readonly stops: readonly { field: StopField; at: number }[];
}

/** Throws where the mapping cannot be imported, as `checkMapping` does, and `import_too_many_attributes`. */
export function planOf(header: readonly string[], mapping: readonly ColumnMapping[]): Plan {
  checkMapping(header, mapping);
  const at: Record<SingleField, number> = {
    email: -1,
    phone: -1,
    first_name: -1,
    last_name: -1,
    full_name: -1,
    company: -1,
    job_title: -1,
    owner_email: -1,
  };
  const plan = {
    tags: [] as number[],
    attributes: [] as { key: string; at: number }[],
    stops: [] as { field: StopField; at: number }[],
  };
  for (const { column, field } of mapping) {
    if (field === null) continue;
    const index = header.indexOf(column);
    if (field === "tags") plan.tags.push(index);
    else if (isStopField(field)) plan.stops.push({ field, at: index });
    else if (field.startsWith("attribute:"))
      plan.attributes.push({ key: attributeKeyOf(field), at: index });
    else at[field as SingleField] = index;
  }
  if (plan.attributes.length > attributesAtMost - reservedAttributes) {
    throw new HeedError(
      "import_too_many_attributes",
      `${plan.attributes.length} columns are mapped to attributes; a contact keeps ${attributesAtMost - reservedAttributes}. Leave out (null) the columns that are not needed.`,
      { mapped: plan.attributes.length, most: attributesAtMost - reservedAttributes },
    );
  }
  return { columns: header.length, at, ...plan };
}

/** tags, phone_as_given and owner_as_given may join those that are mapped. */
const reservedAttributes = 3;

function attributeKeyOf(field: ContactField): string {
  const key = field.slice("attribute:".length);
  return /^\d/.test(key) ? `_${key}` : key;
}

/** The proposed mapping, with attributes beyond what a contact keeps left out, so that it can be run as it is. */
export function proposal(
  header: readonly string[],
  sample: readonly (readonly string[])[],
): ProposedColumn[] {
  let attributes = 0;
  return proposeMapping(header, sample).map((column) =>
    column.field?.startsWith("attribute:") && ++attributes > attributesAtMost - reservedAttributes
      ? { ...column, field: null, confidence: 0 }
      : column,
  );
}
