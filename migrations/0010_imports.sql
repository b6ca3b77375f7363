CREATE TABLE import (
  workspace_id uuid NOT NULL REFERENCES workspace,
  id uuid NOT NULL,
  file_name text NOT NULL,
  -- Name of the uploaded file in the data folder's uploads/; null once it is gone.
  stored_as text,
  bytes bigint NOT NULL DEFAULT 0,
  state text NOT NULL DEFAULT 'uploaded' CHECK (state IN ('uploaded', 'checking', 'checked', 'running', 'finished', 'cancelled', 'failed', 'undoing', 'undone')),
  header jsonb NOT NULL DEFAULT '[]',
  mapping jsonb NOT NULL DEFAULT '{}',
  -- What to do with a contact that is there already: fill what is empty, or overwrite.
  mode text NOT NULL DEFAULT 'update' CHECK (mode IN ('update', 'fill', 'skip')),
  list_id uuid,
  dry_run jsonb,
  counts jsonb NOT NULL DEFAULT '{}',
  job_id uuid,
  created_by uuid,
  created_at timestamptz NOT NULL DEFAULT now(),
  finished_at timestamptz,
  PRIMARY KEY (workspace_id, id)
);
CALL protect('import');

-- Parsed rows waiting to be applied. Unlogged: the uploaded file is the truth,
-- and a crash parses it again.
CREATE UNLOGGED TABLE import_row (
  workspace_id uuid NOT NULL,
  import_id uuid NOT NULL,
  row_number bigint NOT NULL,
  contact_id uuid NOT NULL,
  email text COLLATE "C",
  email_key uuid,
  email_domain_key uuid,
  email_root_key uuid,
  phone text COLLATE "C",
  phone_key uuid,
  first_name text,
  last_name text,
  company text,
  job_title text,
  attributes jsonb,
  owner_id uuid,
  search_text text COLLATE "C",
  sort_name text COLLATE "C",
  -- Stop signals read from the row, an array of { kind, cause, channel }.
  stops jsonb
);
CREATE INDEX import_row_batch ON import_row (workspace_id, import_id, row_number);
CALL protect('import_row');

CREATE TABLE import_rejection (
  workspace_id uuid NOT NULL,
  import_id uuid NOT NULL,
  row_number bigint NOT NULL,
  reason text NOT NULL,
  message text NOT NULL,
  raw jsonb NOT NULL,
  PRIMARY KEY (workspace_id, import_id, row_number),
  FOREIGN KEY (workspace_id, import_id) REFERENCES import ON DELETE CASCADE
);
CALL protect('import_rejection');

-- What a contact was before an import changed it, for undo.
CREATE TABLE import_change (
  workspace_id uuid NOT NULL,
  import_id uuid NOT NULL,
  contact_id uuid NOT NULL,
  before jsonb NOT NULL,
  after_updated_at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, import_id, contact_id),
  FOREIGN KEY (workspace_id, import_id) REFERENCES import ON DELETE CASCADE
);
CALL protect('import_change');
