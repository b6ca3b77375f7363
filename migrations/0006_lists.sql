CREATE TABLE list (
  workspace_id uuid NOT NULL REFERENCES workspace,
  id uuid NOT NULL,
  name text NOT NULL,
  kind text NOT NULL DEFAULT 'manual' CHECK (kind IN ('manual')),
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (workspace_id, id),
  UNIQUE (workspace_id, name)
);
CALL protect('list');

CREATE TABLE list_member (
  workspace_id uuid NOT NULL,
  list_id uuid NOT NULL,
  contact_id uuid NOT NULL,
  added_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (workspace_id, list_id, contact_id),
  FOREIGN KEY (workspace_id, list_id) REFERENCES list ON DELETE CASCADE,
  FOREIGN KEY (workspace_id, contact_id) REFERENCES contact ON DELETE CASCADE
);
CREATE INDEX list_member_contact ON list_member (workspace_id, contact_id);
CALL protect('list_member');

-- Kept out of the list for good: no rule, import or bulk add puts them back.
CREATE TABLE list_exclusion (
  workspace_id uuid NOT NULL,
  list_id uuid NOT NULL,
  contact_id uuid NOT NULL,
  excluded_by uuid,
  excluded_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (workspace_id, list_id, contact_id),
  FOREIGN KEY (workspace_id, list_id) REFERENCES list ON DELETE CASCADE,
  FOREIGN KEY (workspace_id, contact_id) REFERENCES contact ON DELETE CASCADE
);
CREATE INDEX list_exclusion_contact ON list_exclusion (workspace_id, contact_id);
CALL protect('list_exclusion');
