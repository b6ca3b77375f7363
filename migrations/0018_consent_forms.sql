-- Forms, verified addresses, and stops of the whole installation.

-- Forms by which people subscribe, change what they get, or stop it all.
CREATE TABLE form (
  workspace_id uuid NOT NULL REFERENCES workspace,
  id uuid NOT NULL,
  name text NOT NULL,
  kind text NOT NULL CHECK (kind IN ('subscribe', 'update', 'stop')),
  -- Subscribe: what people opt in to.
  topic_id uuid,
  -- Subscribe: the list that they come on.
  list_id uuid,
  -- What is asked beside the email address: first_name, last_name, company.
  fields text[] NOT NULL DEFAULT '{}',
  -- What people agree to, in the words that they read.
  wording text NOT NULL DEFAULT '',
  double_opt_in boolean NOT NULL DEFAULT true,
  -- Websites that may show the form in a frame, such as https://example.org.
  origins text[] NOT NULL DEFAULT '{}',
  -- Where a person is led after it; null shows our own page.
  redirect_url text,
  archived_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (workspace_id, id)
);
CREATE UNIQUE INDEX form_name ON form (workspace_id, lower(name)) WHERE archived_at IS NULL;
-- A form's address names no workspace.
CREATE UNIQUE INDEX form_id ON form (id);
CALL protect('form', p_system => true);

-- What somebody sent with a form and has to confirm by mail. The confirmation's address is in the
-- message; this row goes when its time is over.
CREATE TABLE form_submission (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  form_id uuid NOT NULL,
  -- The mail that asks for the confirmation.
  message_id uuid NOT NULL,
  key uuid NOT NULL,
  address text COLLATE "C" NOT NULL,
  answers jsonb NOT NULL DEFAULT '{}',
  wording text NOT NULL,
  language text NOT NULL,
  -- Keyed hash of the address that the request came from.
  ip_hash text NOT NULL,
  at timestamptz NOT NULL DEFAULT clock_timestamp(),
  expires_at timestamptz NOT NULL,
  confirmed_at timestamptz,
  PRIMARY KEY (workspace_id, id)
);
CREATE INDEX form_submission_message ON form_submission (workspace_id, message_id);
CREATE INDEX form_submission_key ON form_submission (workspace_id, key, at);
CREATE INDEX form_submission_expiry ON form_submission (workspace_id, expires_at);
CALL protect('form_submission');

-- What the operator suppresses in every workspace, also in those that are made later. It stands
-- among the facts of the installation as `suppression:<subject>`: a key and no address. A workspace
-- in the making holds the lock that the operator's act waits for, so neither misses the other.
CREATE FUNCTION organisation_suppressions()
  RETURNS TABLE (subject uuid, subject_type text, channel text, because text)
  LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public AS $$
  SELECT pg_advisory_xact_lock_shared(hashtext('organisation_suppressions'));
  SELECT substr(name, 13)::uuid, value ->> 'subject_type', value ->> 'channel', value ->> 'because'
  FROM installation WHERE name LIKE 'suppression:%' AND value ->> 'lifted_at' IS NULL
  $$;
GRANT EXECUTE ON FUNCTION organisation_suppressions TO heed_app;

-- What is known of an address: asked once, kept nine months. An unknown one is tried again, ever more slowly.
CREATE TABLE address_verification (
  workspace_id uuid NOT NULL,
  key uuid NOT NULL,
  verdict text NOT NULL CHECK (verdict IN ('valid', 'risky', 'invalid', 'unknown')),
  -- no_domain, null_mx, no_mail_server, disposable, role_account, bounced, not_asked, no_answer.
  reasons text[] NOT NULL DEFAULT '{}',
  at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  tries int NOT NULL DEFAULT 1,
  PRIMARY KEY (workspace_id, key)
);
CREATE INDEX address_verification_again ON address_verification (workspace_id, expires_at) WHERE verdict = 'unknown';
CALL protect('address_verification');

-- How far verification has gone through the contacts, in the order of their creation; it begins
-- anew every day, for what expired and for those that were committed late.
CREATE TABLE verification_progress (
  workspace_id uuid PRIMARY KEY,
  after uuid,
  began_at timestamptz NOT NULL DEFAULT now()
);
CALL protect('verification_progress');
