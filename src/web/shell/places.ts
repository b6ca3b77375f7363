import {
  IconAddressBook,
  IconBan,
  IconFileImport,
  IconLayoutList,
  IconMailForward,
  IconNotebook,
  IconProgress,
  IconSend,
  IconSettings,
  IconTemplate,
} from "@tabler/icons-react";

/** Where the navigation leads. `key` goes there after `g`; without the permission the place is hidden. */
export const places = [
  { to: "/contacts", name: "contacts", help: "goContacts", key: "c", icon: IconAddressBook, permission: "contacts.view", below: false },
  { to: "/lists", name: "lists", help: "goLists", key: "l", icon: IconLayoutList, permission: "contacts.view", below: false },
  { to: "/campaigns", name: "campaigns", help: "goCampaigns", key: "m", icon: IconSend, permission: "campaigns.view", below: false },
  { to: "/templates", name: "templates", help: "goTemplates", key: "t", icon: IconTemplate, permission: "campaigns.view", below: false },
  { to: "/imports", name: "imports", help: "goImports", key: "i", icon: IconFileImport, permission: "contacts.import", below: false },
  { to: "/outgoing-mail", name: "sink", help: "goOutgoing", key: "o", icon: IconMailForward, permission: "sink.view", below: false },
  { to: "/suppressions", name: "suppressions", help: "goSuppressions", key: "u", icon: IconBan, permission: "contacts.view", below: true },
  { to: "/jobs", name: "jobs", help: "goJobs", key: "j", icon: IconProgress, permission: "jobs.view", below: true },
  { to: "/ledger", name: "ledger", help: "goLedger", key: "r", icon: IconNotebook, permission: "ledger.view", below: true },
  { to: "/settings", name: "settings", help: "goSettings", key: "s", icon: IconSettings, permission: null, below: true },
] as const;

export type Place = (typeof places)[number];
