-- What a person may do to many contacts at once, and merging two into one.

-- When somebody said that the lead is dealt with. An answer or a message that comes
-- later outweighs it (contacts/stage.ts).
ALTER TABLE contact ADD COLUMN processed_at timestamptz;
CREATE OR REPLACE VIEW live_contact WITH (security_invoker = true) AS
  SELECT * FROM contact WHERE deletion_id IS NULL;
