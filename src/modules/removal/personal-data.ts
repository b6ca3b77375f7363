/** How the rows of a person are found in a table. */
export type Finder =
  /** A column that holds the contact's id. */
  | { contact: string }
  /** A column that holds the key of one of their addresses. */
  | { key: string }
  /** A column that holds one of their addresses as written. */
  | { address: string }
  /** A column that holds a stop on them or on one of their addresses. */
  | { stop: string }
  /** Text or JSON in which one of their addresses or their full name may stand. */
  | { words: string }
  /** JSON in which their id may stand beside what they are called. */
  | { mention: string };

/** What becomes of a row: deleted, or these columns set to these SQL literals and the rest kept. */
export type Treatment = "keep" | "delete" | { blank: Readonly<Record<string, string>> };

export interface Holding {
  table: string;
  find: readonly Finder[];
  purge: Treatment;
  erase: Treatment;
  /** Which of the rows found, as SQL; all of them without. */
  only?: string;
  /** The kind of linked item that a preview counts its rows as. */
  linked?: string;
  /** What stays and why, for the certificate and the reader. */
  keeps?: string;
}

/**
 * Every table that holds personal data of contacts or hangs on one, in the order in which they are
 * taken away. A table that is neither here nor in `notOfContacts` fails a test.
 */
export const holdings: readonly Holding[] = [
  {
    table: "contact_address",
    find: [{ contact: "contact_id" }],
    purge: "delete",
    erase: "delete",
    linked: "addresses",
  },
  {
    table: "contact_external_ref",
    find: [{ contact: "contact_id" }],
    purge: "delete",
    erase: "delete",
    linked: "external_refs",
  },
  {
    table: "list_member",
    find: [{ contact: "contact_id" }],
    purge: "delete",
    erase: "delete",
    linked: "list_memberships",
  },
  {
    table: "list_exclusion",
    find: [{ contact: "contact_id" }],
    purge: "delete",
    erase: "delete",
    linked: "list_exclusions",
  },
  {
    table: "contact_merge",
    find: [{ contact: "winner_id" }, { contact: "loser_id" }],
    purge: "delete",
    erase: "delete",
  },
  { table: "cleared_member", find: [{ contact: "contact_id" }], purge: "delete", erase: "delete" },
  {
    table: "note",
    find: [{ contact: "contact_id" }],
    purge: "delete",
    erase: "delete",
    linked: "notes",
  },
  {
    table: "note",
    find: [{ words: "text" }],
    purge: "keep",
    erase: { blank: { text: "'(erased)'" } },
  },
  {
    table: "task",
    find: [{ contact: "contact_id" }],
    purge: "delete",
    erase: "delete",
    linked: "tasks",
  },
  {
    table: "task",
    find: [{ words: "title" }],
    purge: "keep",
    erase: { blank: { title: "'(erased)'" } },
  },
  // Appointments and opportunities go before this list with the last of their contacts.
  {
    table: "appointment_attendee",
    find: [{ contact: "contact_id" }],
    purge: "delete",
    erase: "delete",
    linked: "appointments",
  },
  { table: "appointment_attendee", find: [{ address: "email" }], purge: "keep", erase: "delete" },
  {
    table: "appointment",
    find: [{ words: "title" }, { words: "location" }],
    purge: "keep",
    erase: { blank: { title: "'(erased)'", location: "''" } },
    keeps: "the time, where somebody else attends",
  },
  {
    table: "opportunity_contact",
    find: [{ contact: "contact_id" }],
    purge: "delete",
    erase: "delete",
    linked: "opportunities",
  },
  {
    table: "opportunity",
    find: [{ words: "title" }],
    purge: "keep",
    erase: { blank: { title: "'(erased)'" } },
    keeps: "amount and stage, where it has another contact",
  },
  // Its messages go with the conversation.
  {
    table: "conversation",
    find: [{ contact: "contact_id" }],
    purge: "delete",
    erase: "delete",
    linked: "conversations",
  },
  {
    table: "conversation_message",
    find: [{ address: "from_address" }, { address: "to_address" }],
    purge: "keep",
    erase: "delete",
  },
  {
    table: "inbound_message",
    find: [
      { contact: "contact_id" },
      { address: "from_address" },
      { address: "envelope_from" },
      { words: "recipients" },
      { words: "said" },
      { words: "subject" },
      { words: "from_name" },
    ],
    purge: "delete",
    erase: "delete",
    linked: "incoming_messages",
  },
  { table: "inbound_phrase", find: [{ words: "phrase" }], purge: "keep", erase: "delete" },
  {
    table: "job_item",
    find: [{ contact: "subject_id" }],
    only: "detail IS NOT NULL",
    purge: { blank: { detail: "NULL" } },
    erase: { blank: { detail: "NULL" } },
    keeps: "what a job did to the bare id",
  },
  {
    table: "follow_up",
    find: [{ contact: "contact_id" }],
    purge: "keep",
    erase: "keep",
    linked: "follow_ups",
    keeps: "state and step under the bare id: a campaign's figures count them",
  },
  {
    table: "message",
    find: [{ contact: "contact_id" }, { key: "key" }],
    purge: { blank: { address: "''", response: "NULL" } },
    erase: { blank: { address: "''", response: "NULL", because: "NULL", provider_id: "NULL" } },
    linked: "messages",
    keeps: "that a message went, when, and the address's keyed hash",
  },
  // Copies of mails to the contact go before this list, found by their message.
  { table: "sink_message", find: [{ address: "envelope_to" }], purge: "keep", erase: "delete" },
  {
    table: "stop_detail",
    find: [{ stop: "stop_id" }, { address: "address" }],
    purge: "keep",
    erase: { blank: { address: "NULL", because: "''", evidence: "'{}'" } },
    keeps: "nothing; the stop itself holds keyed hashes alone",
  },
  {
    table: "lift",
    find: [{ stop: "stop_id" }],
    purge: "keep",
    erase: { blank: { authorization_note: "''", evidence: "'{}'" } },
    keeps: "that a stop was lifted, when and by which user",
  },
  {
    table: "consent_event",
    find: [{ key: "key" }],
    purge: "keep",
    erase: { blank: { evidence: "'{}'" } },
    keeps: "what was agreed to or taken back and when, under the address's keyed hash",
  },
  { table: "consent", find: [{ key: "key" }], purge: "keep", erase: "delete" },
  { table: "address_verification", find: [{ key: "key" }], purge: "keep", erase: "delete" },
  { table: "form_submission", find: [{ key: "key" }], purge: "keep", erase: "delete" },
  { table: "import_change", find: [{ contact: "contact_id" }], purge: "delete", erase: "delete" },
  {
    table: "import_rejection",
    find: [{ words: "raw" }, { words: "message" }],
    purge: "keep",
    erase: "delete",
  },
  {
    table: "import",
    find: [{ words: "dry_run" }],
    purge: "keep",
    erase: { blank: { dry_run: "NULL" } },
    keeps: "counts, and the name of the file",
  },
  {
    table: "idempotent_answer",
    find: [{ words: "body" }, { mention: "body" }],
    purge: "keep",
    erase: "delete",
  },
  {
    table: "job",
    find: [{ words: "payload" }, { words: "error" }],
    only: "state NOT IN ('queued', 'running')",
    purge: "keep",
    erase: { blank: { payload: "'{}'", error: "NULL" } },
    keeps: "that the job ran, and its counts",
  },
  {
    table: "deletion",
    find: [{ words: "selection" }],
    purge: "keep",
    erase: { blank: { selection: "NULL" } },
    keeps: "counts and digest",
  },
  {
    table: "erasure_request",
    find: [{ contact: "contact_id" }, { key: "key" }],
    purge: "keep",
    erase: { blank: { address: "NULL" } },
    keeps: "the request's own reference, and its times",
  },
  { table: "contact", find: [{ contact: "id" }], purge: "delete", erase: "delete" },
];

/** Tables without personal data of contacts, each with the reason. */
export const notOfContacts: Readonly<Record<string, string>> = {
  workspace: "the tenant itself",
  contact_merge_moved: "ids of rows; goes with its merge",
  installation: "facts of the installation",
  ledger_entry: "ids, codes and keyed hashes: erasing keeps the chain valid",
  ledger_block: "hashes",
  role: "what users may do",
  app_user: "people who use Heed, not people it writes to",
  session: "of users",
  api_key: "of users",
  sign_in_link: "of users",
  topic: "types of communication",
  stop: "ids and keyed hashes; a stop outlives the person's data (S6)",
  standing_stop: "ids and keyed hashes; a stop outlives the person's data (S6)",
  fence: "ids, keyed hashes and counters",
  delivery_failure: "keyed hashes and codes",
  list: "the name of a list",
  verification_progress: "an id",
  form: "what is asked of everybody",
  sending_account: "who sends",
  template: "what is sent to everybody",
  campaign: "what is sent to everybody",
  campaign_list: "which lists",
  campaign_step: "what is sent to everybody",
  campaign_result: "figures, which no deletion changes (D5)",
  campaign_hour: "figures, which no deletion changes (D5)",
  pipeline: "how opportunities are worked",
  pipeline_stage: "how opportunities are worked",
  mailbox: "where incoming mail is read",
  job_batch: "ids",
  worker_process: "processes",
  deletion_contact: "ids",
  migration: "which migrations ran",
};
