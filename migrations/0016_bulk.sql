-- What a person may do to many contacts at once, and merging two into one.

-- When somebody said that the lead is dealt with. An answer or a message that comes
-- later outweighs it (contacts/stage.ts).
ALTER TABLE contact ADD COLUMN processed_at timestamptz;

-- The contact that this one went into. Its deletion_id is then the merge's id: it is not
-- live, and no deletion's either. It goes for good when the other one does.
ALTER TABLE contact ADD COLUMN merged_into uuid;
ALTER TABLE contact ADD FOREIGN KEY (workspace_id, merged_into) REFERENCES contact ON DELETE CASCADE;
CREATE INDEX contact_merged_into ON contact (workspace_id, merged_into) WHERE merged_into IS NOT NULL;
CREATE OR REPLACE VIEW live_contact WITH (security_invoker = true) AS
  SELECT * FROM contact WHERE deletion_id IS NULL;
-- What was merged is no bin's.
CREATE OR REPLACE VIEW binned_contact WITH (security_invoker = true) AS
  SELECT * FROM contact WHERE deletion_id IS NOT NULL AND merged_into IS NULL;

CREATE TABLE contact_merge (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  winner_id uuid NOT NULL,
  loser_id uuid NOT NULL,
  merged_at timestamptz NOT NULL DEFAULT now(),
  -- Until then it can be taken apart again; afterwards the loser's row is purged.
  until timestamptz NOT NULL,
  undone_at timestamptz,
  -- The winner's fields that the merge filled, each before and after.
  filled jsonb NOT NULL,
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, winner_id) REFERENCES contact ON DELETE CASCADE,
  FOREIGN KEY (workspace_id, loser_id) REFERENCES contact ON DELETE CASCADE
);
CREATE INDEX contact_merge_winner ON contact_merge (workspace_id, winner_id);
CREATE INDEX contact_merge_loser ON contact_merge (workspace_id, loser_id);
CALL protect('contact_merge');

-- What a merge moved to the winner or gave it, by which its undoing finds it again.
CREATE TABLE contact_merge_moved (
  workspace_id uuid NOT NULL,
  merge_id uuid NOT NULL,
  what text NOT NULL,
  row_id uuid NOT NULL,
  detail jsonb,
  PRIMARY KEY (workspace_id, merge_id, what, row_id),
  FOREIGN KEY (workspace_id, merge_id) REFERENCES contact_merge ON DELETE CASCADE
);
CALL protect('contact_merge_moved');

-- A topic that a stop or a campaign names is archived, never deleted: the stop stays, and
-- the link in an old mail still knows it. An archived one gives its name free.
ALTER TABLE topic ADD COLUMN archived_at timestamptz;
ALTER TABLE topic DROP CONSTRAINT topic_workspace_id_name_key;
CREATE UNIQUE INDEX topic_name ON topic (workspace_id, name) WHERE archived_at IS NULL;
