-- One row a person. The primary email and phone stand on the row itself: the
-- audience then needs no join, and deleting is one update however much hangs on it.
CREATE TABLE contact (
  -- No foreign key to workspace on the tables that grow to millions of rows: the
  -- policy below already refuses any other workspace, at no cost per row.
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  first_name text NOT NULL DEFAULT '',
  last_name text NOT NULL DEFAULT '',
  company text NOT NULL DEFAULT '',
  job_title text NOT NULL DEFAULT '',
  -- Normalised, as it goes on the wire; the keys are keyed hashes of the folded form.
  email text COLLATE "C",
  email_key uuid,
  email_domain_key uuid,
  -- The registrable domain's key where it differs from the domain's own.
  email_root_key uuid,
  email_validity text NOT NULL DEFAULT 'unknown' CHECK (email_validity IN ('unknown', 'valid', 'invalid')),
  phone text COLLATE "C",
  phone_key uuid,
  phone_validity text NOT NULL DEFAULT 'unknown' CHECK (phone_validity IN ('unknown', 'valid', 'invalid')),
  attributes jsonb NOT NULL DEFAULT '{}',
  owner_id uuid,
  locale text,
  -- Lower case without accents, after a space: name, email, phone, company (contacts/rules.ts).
  search_text text COLLATE "C" NOT NULL DEFAULT '',
  sort_name text COLLATE "C" NOT NULL DEFAULT '',
  -- The import that created the row, for its undo.
  import_id uuid,
  -- Null is live; set, the contact is in the bin.
  deletion_id uuid,
  -- When the person last answered; stages follow from it.
  replied_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, owner_id) REFERENCES app_user
);
CREATE UNIQUE INDEX contact_email ON contact (workspace_id, email) WHERE deletion_id IS NULL AND email IS NOT NULL;
CREATE UNIQUE INDEX contact_phone_alone ON contact (workspace_id, phone) WHERE deletion_id IS NULL AND email IS NULL AND phone IS NOT NULL;
CREATE INDEX contact_email_key ON contact (workspace_id, email_key) WHERE email_key IS NOT NULL;
CREATE INDEX contact_phone_key ON contact (workspace_id, phone_key) WHERE phone_key IS NOT NULL;
CREATE INDEX contact_sort_name ON contact (workspace_id, sort_name, id) WHERE deletion_id IS NULL;
CREATE INDEX contact_owner ON contact (workspace_id, owner_id, id) WHERE owner_id IS NOT NULL;
-- The few without an email, by creation: a filter, and the end of the list sorted by email.
CREATE INDEX contact_without_email ON contact (workspace_id, id) WHERE deletion_id IS NULL AND email IS NULL;
-- The few in the bin, to take off the counts of lists.
CREATE INDEX contact_in_bin ON contact (workspace_id, id) WHERE deletion_id IS NOT NULL;
-- Not forced on the owner: find_contacts below runs as the owner, because LIKE is
-- not leakproof and could not use the trigram index behind a policy. So below.
CALL protect('contact', p_force => false);

CREATE VIEW live_contact WITH (security_invoker = true) AS
  SELECT * FROM contact WHERE deletion_id IS NULL;
GRANT SELECT ON live_contact TO heed_app;

-- Further addresses of a contact beside its primary email and phone.
CREATE TABLE contact_address (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  contact_id uuid NOT NULL,
  channel text NOT NULL CHECK (channel IN ('email', 'sms', 'whatsapp', 'call')),
  value text COLLATE "C" NOT NULL,
  key uuid NOT NULL,
  domain_key uuid,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (workspace_id, id),
  UNIQUE (workspace_id, contact_id, channel, value),
  FOREIGN KEY (workspace_id, contact_id) REFERENCES contact ON DELETE CASCADE
);
CREATE INDEX contact_address_key ON contact_address (workspace_id, key);
CALL protect('contact_address');

-- The trigram index, on a table of its own: a change to a contact that leaves its text alone then
-- touches no trigram, and an import need not wait for sixty of them a row. No foreign key, whose
-- check per row would cost more than the row; the triggers below keep the two together.
CREATE TABLE contact_search (
  workspace_id uuid NOT NULL,
  contact_id uuid NOT NULL,
  search_text text COLLATE "C" NOT NULL,
  PRIMARY KEY (workspace_id, contact_id)
);
CREATE INDEX contact_search_text ON contact_search USING gin (search_text gin_trgm_ops) WITH (fastupdate = on);
CALL protect('contact_search', p_force => false);

-- Contacts that an import created and that are not in contact_search yet, as ranges of ids, one
-- a batch. Searching reads them as they are; contacts/settle-search.ts moves them in meanwhile.
CREATE TABLE contact_search_waiting (
  workspace_id uuid NOT NULL,
  first_id uuid NOT NULL,
  last_id uuid NOT NULL,
  since timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (workspace_id, first_id)
);
CALL protect('contact_search_waiting', p_system => true, p_force => false);

CREATE FUNCTION keep_contact_search() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    DELETE FROM contact_search WHERE workspace_id = OLD.workspace_id AND contact_id = OLD.id;
  ELSE
    INSERT INTO contact_search (workspace_id, contact_id, search_text) VALUES (NEW.workspace_id, NEW.id, NEW.search_text)
    ON CONFLICT (workspace_id, contact_id) DO UPDATE SET search_text = EXCLUDED.search_text;
  END IF;
  RETURN NULL;
END $$;
-- An import says heed.search_waits and notes a range instead.
CREATE TRIGGER search_created AFTER INSERT ON contact FOR EACH ROW
  WHEN (current_setting('heed.search_waits', true) IS DISTINCT FROM 'on') EXECUTE FUNCTION keep_contact_search();
CREATE TRIGGER search_changed AFTER UPDATE OF search_text ON contact FOR EACH ROW
  WHEN (OLD.search_text <> NEW.search_text) EXECUTE FUNCTION keep_contact_search();
CREATE TRIGGER search_deleted AFTER DELETE ON contact FOR EACH ROW EXECUTE FUNCTION keep_contact_search();

-- Live contacts whose search text contains every given pattern, at most p_limit
-- of them, each with what it is sorted by: from the index, and from those that
-- wait for it. Keeps to the current workspace by itself. The patterns stand in
-- the statement as literals: LIKE ALL (array) uses no index, and only literals
-- tell the planner a rare term from a common one.
CREATE FUNCTION find_contacts(p_patterns text[], p_limit int)
  RETURNS TABLE (id uuid, sort_name text, email text)
  LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
  AS $$
DECLARE
  v_matches text := (SELECT coalesce(string_agg(format(' AND search_text LIKE %L', pattern), ''), '') FROM unnest(p_patterns) AS pattern);
BEGIN
  RETURN QUERY EXECUTE
    'SELECT c.id, c.sort_name, c.email FROM (
       SELECT contact_id FROM contact_search WHERE workspace_id = $1' || v_matches || ' OFFSET 0
     ) AS s JOIN contact c ON c.workspace_id = $1 AND c.id = s.contact_id WHERE c.deletion_id IS NULL
     UNION ALL
     SELECT c.id, c.sort_name, c.email FROM contact_search_waiting w CROSS JOIN LATERAL (
       SELECT id, sort_name, email FROM contact
       WHERE workspace_id = $1 AND id BETWEEN w.first_id AND w.last_id AND deletion_id IS NULL' || v_matches || ' OFFSET 0
     ) AS c WHERE w.workspace_id = $1
       AND NOT EXISTS (SELECT FROM contact_search s WHERE s.workspace_id = $1 AND s.contact_id = c.id)
     LIMIT $2'
    USING current_workspace(), p_limit;
END $$;
REVOKE ALL ON FUNCTION find_contacts FROM PUBLIC;
GRANT EXECUTE ON FUNCTION find_contacts TO heed_app;

-- Folds the trigram index's pending list in, so that searching is fast at once.
CREATE FUNCTION fold_contact_search() RETURNS bigint
  LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public
  AS $$ SELECT gin_clean_pending_list('contact_search_text'::regclass) $$;
REVOKE ALL ON FUNCTION fold_contact_search FROM PUBLIC;
GRANT EXECUTE ON FUNCTION fold_contact_search TO heed_app;
