import { allPermissions, type Permission } from "./permissions.ts";

/** Whose contacts a role sees: everybody's, or those that its user owns. */
export type Visibility = "all" | "own";

export interface BuiltInRole {
  readonly name: string;
  readonly permissions: readonly Permission[];
  readonly visibility: Visibility;
}

/** The role that always has every permission; a workspace never loses its last one. */
export const administrator = "Administrator";

const juniorSalesperson: Permission[] = [
  "contacts.view",
  "contacts.edit",
  "campaigns.view",
  "sink.view",
  // Their own jobs: who sees only their own contacts sees no others.
  "jobs.view",
  "jobs.cancel",
];
const salesperson: Permission[] = [...juniorSalesperson, "contacts.export"];
const salesManager: Permission[] = [
  ...salesperson,
  "contacts.import",
  "suppressions.view",
  "lists.edit",
  "pipelines.edit",
  "templates.edit",
  "campaigns.edit",
  "campaigns.run",
  "ledger.view",
];
const marketingManager: Permission[] = [
  ...salesManager,
  "contacts.reactivate",
  "stops.lift",
  "lists.exclude",
  "topics.edit",
  "forms.edit",
];
const companyManager: Permission[] = [
  ...marketingManager,
  "contacts.delete",
  "contacts.restore",
  "accounts.edit",
];

/** The six roles every workspace begins with: product.md's table, row by row. */
export const builtInRoles: readonly BuiltInRole[] = [
  { name: administrator, permissions: allPermissions, visibility: "all" },
  { name: "Company Manager", permissions: companyManager, visibility: "all" },
  { name: "Marketing Manager", permissions: marketingManager, visibility: "all" },
  { name: "Sales Manager", permissions: salesManager, visibility: "all" },
  { name: "Salesperson", permissions: salesperson, visibility: "own" },
  { name: "Junior Salesperson", permissions: juniorSalesperson, visibility: "own" },
];
