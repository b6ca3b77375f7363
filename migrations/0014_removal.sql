-- Removing is marking: a contact with a deletion_id is in the bin, and everything that is
-- reached through live_contact goes and comes back with it. What was asked stands here.
CREATE TABLE deletion (
  workspace_id uuid NOT NULL REFERENCES workspace,
  id uuid NOT NULL,
  -- bin: can be restored; erase: forgotten at once; clear: members taken off a list, nobody deleted.
  mode text NOT NULL CHECK (mode IN ('bin', 'erase', 'clear')),
  state text NOT NULL DEFAULT 'previewed' CHECK (state IN
    ('previewed', 'awaiting_approval', 'running', 'done', 'halted', 'cancelled', 'expired', 'purged')),
  -- Null is the operator at the server's terminal.
  requested_by uuid,
  api_key_id uuid,
  -- SHA-256 of what the preview answered; whoever confirms must have it.
  token_hash bytea NOT NULL,
  -- What was selected, to be evaluated again when it is confirmed; gone afterwards, since a filter may name a person.
  selection jsonb,
  count bigint NOT NULL DEFAULT 0,
  digest text NOT NULL DEFAULT '',
  -- How many of the selection stay, by reason.
  blocked jsonb NOT NULL DEFAULT '{}',
  -- Whether the addresses of those ever written to are suppressed as well.
  suppress boolean NOT NULL DEFAULT true,
  list_id uuid,
  also_list boolean NOT NULL DEFAULT false,
  keep_exclusions boolean NOT NULL DEFAULT true,
  request_id uuid,
  previewed_at timestamptz NOT NULL,
  -- Until when a preview can be confirmed, or approval given.
  expires_at timestamptz NOT NULL,
  approved_by uuid,
  confirmed_at timestamptz,
  -- From here on the purge may come, and no restoration any more.
  restorable_until timestamptz,
  finished_at timestamptz,
  purged_at timestamptz,
  removed bigint NOT NULL DEFAULT 0,
  skipped bigint NOT NULL DEFAULT 0,
  -- Rows taken or blanked, by table (purge and erase).
  erased jsonb NOT NULL DEFAULT '{}',
  job_id uuid,
  purge_job_id uuid,
  PRIMARY KEY (workspace_id, id)
);
CREATE INDEX deletion_due ON deletion (workspace_id, restorable_until) WHERE state IN ('done', 'halted', 'cancelled');
CALL protect('deletion', p_system => true);

-- The set that was frozen at the preview, in order of contact id. Logged, since it must survive a
-- crash; no foreign key, since it outlives the contacts.
CREATE TABLE deletion_contact (
  workspace_id uuid NOT NULL,
  deletion_id uuid NOT NULL,
  position bigint NOT NULL,
  contact_id uuid NOT NULL,
  -- As the preview saw the contact; another value at the confirmation means that it changed.
  updated_at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, deletion_id, position)
);
CALL protect('deletion_contact');

-- What a clearing took off a list, so that its undo brings exactly that back.
CREATE TABLE cleared_member (
  workspace_id uuid NOT NULL,
  deletion_id uuid NOT NULL,
  contact_id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('member', 'exclusion')),
  since timestamptz NOT NULL,
  excluded_by uuid,
  PRIMARY KEY (workspace_id, deletion_id, kind, contact_id)
);
CALL protect('cleared_member');

-- Tells the planner of a frozen set at once; autovacuum comes too late for the preview itself.
CREATE FUNCTION settle_deletions() RETURNS void
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public
  AS $$ BEGIN ANALYZE deletion_contact; END $$;
REVOKE ALL ON FUNCTION settle_deletions FROM PUBLIC;
GRANT EXECUTE ON FUNCTION settle_deletions TO heed_app;

-- The bin by deletion, for purge, restoration and its page; it also serves what contact_in_bin did.
DROP INDEX contact_in_bin;
CREATE INDEX contact_bin ON contact (workspace_id, deletion_id, id) WHERE deletion_id IS NOT NULL;
CREATE VIEW binned_contact WITH (security_invoker = true) AS
  SELECT * FROM contact WHERE deletion_id IS NOT NULL;
GRANT SELECT ON binned_contact TO heed_app;

-- Where a contact lives elsewhere. A system that owns it locks its deletion here.
CREATE TABLE contact_external_ref (
  workspace_id uuid NOT NULL,
  contact_id uuid NOT NULL,
  system text NOT NULL,
  external_id text NOT NULL,
  deletion text NOT NULL DEFAULT 'allowed' CHECK (deletion IN ('allowed', 'locked')),
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (workspace_id, contact_id, system),
  FOREIGN KEY (workspace_id, contact_id) REFERENCES contact ON DELETE CASCADE
);
CREATE UNIQUE INDEX contact_external_ref_id ON contact_external_ref (workspace_id, system, external_id);
CREATE INDEX contact_external_ref_locked ON contact_external_ref (workspace_id, contact_id) WHERE deletion = 'locked';
CALL protect('contact_external_ref');

-- A list goes to the bin with its contacts, and gives its name free.
ALTER TABLE list ADD COLUMN deletion_id uuid;
ALTER TABLE list DROP CONSTRAINT list_workspace_id_name_key;
CREATE UNIQUE INDEX list_name ON list (workspace_id, name) WHERE deletion_id IS NULL;
CREATE VIEW live_list WITH (security_invoker = true) AS
  SELECT * FROM list WHERE deletion_id IS NULL;
GRANT SELECT ON live_list TO heed_app;

-- Follow-ups that a deletion ended, so that its restoration brings exactly those back. They outlive
-- the contact under its bare id: a campaign's figures count them (D5).
ALTER TABLE follow_up ADD COLUMN deletion_id uuid;
ALTER TABLE follow_up DROP CONSTRAINT follow_up_workspace_id_contact_id_fkey;

-- What a bulk edit keeps for its undo, to be found when the contact goes.
CREATE INDEX job_item_subject ON job_item (workspace_id, subject_id) WHERE detail IS NOT NULL;

-- Test mails filled with a contact's fields, to be found when the contact goes.
CREATE INDEX message_preview ON message (workspace_id, preview_contact_id) WHERE preview_contact_id IS NOT NULL;

-- Erasing takes the words in which a lift was authorised; the lift itself stands.
GRANT UPDATE (authorization_note, evidence) ON lift TO heed_app;

-- People who asked to be forgotten (GDPR Art. 17), and by when they must be answered (Art. 12(3)).
CREATE TABLE erasure_request (
  workspace_id uuid NOT NULL REFERENCES workspace,
  id uuid NOT NULL,
  -- The requester's own number: a ticket, a letter. Never a name.
  reference text NOT NULL,
  contact_id uuid,
  -- As it was given, until it is erased; the key stays.
  channel text,
  address text,
  key uuid,
  received_at timestamptz NOT NULL,
  due_at timestamptz NOT NULL,
  deletion_id uuid,
  done_at timestamptz,
  alarmed_at timestamptz,
  created_by uuid,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (workspace_id, id)
);
CREATE INDEX erasure_request_open ON erasure_request (workspace_id, due_at) WHERE done_at IS NULL;
CALL protect('erasure_request', p_system => true);
