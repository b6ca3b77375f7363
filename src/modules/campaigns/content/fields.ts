import type { ContentProblem } from "./problem.ts";

/** What a template may name; every value is there for every recipient, if only empty. */
export interface ContentVariables {
  contact: {
    first_name: string;
    last_name: string;
    full_name: string;
    company: string;
    job_title: string;
    email: string;
    phone: string;
    attributes: Readonly<Record<string, unknown>>;
  };
  campaign: { name: string };
  workspace: { name: string; postal_address: string };
  sender: { name: string; address: string };
  unsubscribe_url: string;
  /** Where its recipient chooses topics, and comes back. */
  preferences_url: string;
  /** The date in the campaign's time zone, `2026-03-29`. */
  today: string;
}

const known: Readonly<Record<string, readonly string[]>> = {
  contact: [
    "first_name",
    "last_name",
    "full_name",
    "company",
    "job_title",
    "email",
    "phone",
    "attributes",
  ],
  campaign: ["name"],
  workspace: ["name", "postal_address"],
  sender: ["name", "address"],
  unsubscribe_url: [],
  preferences_url: [],
  today: [],
};

/** Every field that a template may use, as it is written between the braces. */
export const fieldNames: readonly string[] = Object.entries(known).flatMap(([root, fields]) =>
  fields.length === 0
    ? [root]
    : fields.map((field) => `${root}.${field}${field === "attributes" ? ".…" : ""}`),
);

/**
 * The problem with a path that a template uses, or null. `contact.attributes.…`
 * is open: which attributes exist differs by contact, and a missing one is empty.
 */
export function checkField(
  path: readonly unknown[],
  where: { field: "subject" | "body"; line: number | null },
): ContentProblem | null {
  const [root, field] = path;
  const fields = typeof root === "string" && Object.hasOwn(known, root) ? known[root] : undefined;
  // A computed step such as contact[x] is known only when it is rendered, and then empty if unknown.
  const fits =
    fields !== undefined &&
    (path.length === 1 ||
      typeof field !== "string" ||
      fields.includes(field) ||
      fields.length === 0);
  if (fits) return null;
  const name = path.map((step) => (typeof step === "string" ? step : "[…]")).join(".");
  return {
    ...where,
    code: "template_field_unknown",
    message: `There is no field "${name}". Use one of: ${fieldNames.join(", ")}.`,
  };
}

/** Stand-in values for a trial and for a preview without a contact. */
export const sampleVariables: ContentVariables = {
  contact: {
    first_name: "Ada",
    last_name: "Byron",
    full_name: "Ada Byron",
    company: "Analytical Engines",
    job_title: "Countess",
    email: "ada@example.org",
    phone: "+442079460000",
    attributes: {},
  },
  campaign: { name: "Campaign" },
  workspace: { name: "Workspace", postal_address: "1 Example Street, London" },
  sender: { name: "Sender", address: "sender@example.org" },
  unsubscribe_url: "https://example.org/u/sample",
  preferences_url: "https://example.org/p/sample",
  today: "2026-01-01",
};
