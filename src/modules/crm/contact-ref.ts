import { displayName } from "../contacts/index.ts";

/** A row that carries the name of the contact it hangs on. */
export interface NamedRow {
  first_name: string;
  last_name: string;
  company: string;
  email: string | null;
  phone: string | null;
}

export function presentContactRef(row: NamedRow & { contact_id: string }): {
  id: string;
  name: string;
} {
  return { id: row.contact_id, name: displayName(row) };
}
