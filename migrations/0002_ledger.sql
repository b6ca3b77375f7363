-- The append-only record of acts. No foreign key to its subjects, so that it
-- outlives them; ids and keyed hashes only, so that erasing keeps it valid.
CREATE TABLE ledger_entry (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  at timestamptz NOT NULL DEFAULT clock_timestamp(),
  act text NOT NULL,
  actor_type text NOT NULL,
  actor_id uuid,
  contact_id uuid,
  key uuid,
  subject_id uuid,
  detail jsonb NOT NULL DEFAULT '{}',
  -- Set once, by the sealer, when a block closes over the entry.
  block_number bigint,
  PRIMARY KEY (workspace_id, id)
);
CREATE INDEX ledger_entry_contact ON ledger_entry (workspace_id, contact_id, at) WHERE contact_id IS NOT NULL;
CREATE INDEX ledger_entry_unsealed ON ledger_entry (workspace_id, id) WHERE block_number IS NULL;
CREATE INDEX ledger_entry_block ON ledger_entry (workspace_id, block_number, id) WHERE block_number IS NOT NULL;
CALL protect('ledger_entry', 'SELECT, INSERT, UPDATE (block_number)', p_system => true);

CREATE TABLE ledger_block (
  workspace_id uuid NOT NULL,
  number bigint NOT NULL,
  entries int NOT NULL,
  previous_hash bytea NOT NULL,
  hash bytea NOT NULL,
  sealed_at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, number)
);
CALL protect('ledger_block', 'SELECT, INSERT');
