/** Every permission there is, with what it lets its holder do. */
export const permissions = {
  "contacts.view": "See contacts, and stop sending to them",
  "contacts.edit": "Create and edit contacts; end a do not contact or do not disturb",
  "contacts.import": "Import contacts from a file",
  "contacts.export": "Export contacts to a file",
  "contacts.reactivate": "Activate a deactivated contact, stating who authorised it",
  "contacts.delete": "Delete contacts, and clear or delete lists",
  "contacts.restore": "Restore contacts from the bin",
  "contacts.erase": "Erase contacts for good, and purge the bin early",
  "stops.lift": "Lift bounces and manual or imported suppressions",
  "suppressions.view": "See stopped addresses and domains, also those that no contact has",
  "lists.edit": "Make and change lists and their rules",
  "lists.exclude": "Exclude contacts from lists, and end exclusions",
  "pipelines.edit": "Make and change pipelines and their stages",
  "topics.edit": "Make and change the topics of the consent centre",
  "forms.edit": "Make and change the forms by which people subscribe, update and stop",
  "templates.edit": "Write templates",
  "campaigns.view": "See campaigns and their results",
  "campaigns.edit": "Write campaigns and choose their audience",
  "campaigns.run": "Start, pause and test campaigns",
  "accounts.edit": "Set up sending accounts",
  "sink.view": "See the mail that the embedded sink holds",
  "jobs.view": "See bulk operations",
  "jobs.cancel": "Cancel bulk operations",
  "ledger.view": "Read and verify the ledger",
  "users.manage": "Add users, change their role, disable them",
  "roles.manage": "Make and change roles",
  "keys.manage": "Make and revoke API keys",
  "workspace.edit": "Change the workspace's name, time zone and policy",
} as const;

export type Permission = keyof typeof permissions;

export const allPermissions = Object.keys(permissions) as Permission[];

export function isPermission(value: string): value is Permission {
  return Object.hasOwn(permissions, value);
}
