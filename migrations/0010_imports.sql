-- An import copies each batch into temporary tables of its own connection.
DO $$
BEGIN
  EXECUTE format('GRANT TEMPORARY ON DATABASE %I TO heed_app', current_database());
END $$;

CREATE TABLE import (
  workspace_id uuid NOT NULL REFERENCES workspace,
  id uuid NOT NULL,
  file_name text NOT NULL,
  -- Name of the uploaded file in the data folder's uploads/; null when it was read where it lay, or is gone.
  stored_as text,
  bytes bigint NOT NULL DEFAULT 0,
  encoding text NOT NULL DEFAULT 'utf-8',
  delimiter text NOT NULL DEFAULT ',',
  state text NOT NULL DEFAULT 'uploaded' CHECK (state IN ('uploaded', 'checking', 'checked', 'running', 'finished', 'cancelled', 'failed', 'undoing', 'undone')),
  header jsonb NOT NULL DEFAULT '[]',
  -- What each column means: [{ "column": …, "field": … }].
  mapping jsonb NOT NULL DEFAULT '[]',
  -- What to do with a contact that is there already: overwrite, fill what is empty, or leave it.
  mode text NOT NULL DEFAULT 'update' CHECK (mode IN ('update', 'fill', 'skip')),
  list_id uuid,
  default_country text,
  dry_run jsonb,
  counts jsonb NOT NULL DEFAULT '{}',
  -- { "row", "first_id", "last_id" }: the last row applied, written with the batch that applied it,
  -- and between which ids the contacts lie that it created.
  checkpoint jsonb NOT NULL DEFAULT '{}',
  undo_counts jsonb,
  job_id uuid,
  created_by uuid,
  created_at timestamptz NOT NULL DEFAULT now(),
  finished_at timestamptz,
  PRIMARY KEY (workspace_id, id)
);
CALL protect('import', p_system => true);

-- Rows that were not imported, as they stood in the file. No foreign key here and below: a check
-- per row would cost more than the row, and imports are never deleted.
CREATE TABLE import_rejection (
  workspace_id uuid NOT NULL,
  import_id uuid NOT NULL,
  row_number bigint NOT NULL,
  line_number bigint NOT NULL,
  reason text NOT NULL,
  message text NOT NULL,
  raw jsonb NOT NULL,
  PRIMARY KEY (workspace_id, import_id, row_number)
);
CALL protect('import_rejection');

-- Contacts that an import found there already, and what they were before it changed them. Those
-- that it created carry its id themselves.
CREATE TABLE import_change (
  workspace_id uuid NOT NULL,
  import_id uuid NOT NULL,
  contact_id uuid NOT NULL,
  outcome text NOT NULL CHECK (outcome IN ('updated', 'unchanged')),
  before jsonb,
  after_updated_at timestamptz,
  added_to_list boolean NOT NULL DEFAULT false,
  PRIMARY KEY (workspace_id, import_id, contact_id)
);
CALL protect('import_change');
