-- What came in, kept as it came with what was understood, why, and what was done.
CREATE TABLE inbound_message (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  channel text NOT NULL CHECK (channel IN ('email', 'sms', 'whatsapp')),
  source text NOT NULL CHECK (source IN ('smtp', 'imap', 'api', 'cli', 'webhook')),
  -- SHA-256 of what the sender wrote, without what servers add on the way: the
  -- same message that arrives twice is taken once.
  digest bytea NOT NULL,
  raw bytea NOT NULL,
  envelope_from text,
  envelope_to text,
  -- stored: accepted and not read yet. waiting: a person must look. done: read and acted upon.
  state text NOT NULL DEFAULT 'stored' CHECK (state IN ('stored', 'waiting', 'done')),
  attempts smallint NOT NULL DEFAULT 0,
  from_address text,
  from_name text NOT NULL DEFAULT '',
  to_address text,
  subject text NOT NULL DEFAULT '',
  -- What the person wrote, without quote and signature.
  said text NOT NULL DEFAULT '',
  contact_id uuid,
  -- Key of the address that it is about.
  subject_key uuid,
  -- The message of ours that it answers or is about.
  message_id uuid,
  kind text,
  meaning text,
  certain boolean,
  language text,
  -- The day a person is back, or wants to be asked again.
  until date,
  understood_as text,
  because text NOT NULL DEFAULT '',
  recipients jsonb NOT NULL DEFAULT '[]',
  suggestions jsonb NOT NULL DEFAULT '[]',
  did jsonb NOT NULL DEFAULT '[]',
  -- A person's correction.
  corrected_from text,
  corrected_by uuid,
  corrected_at timestamptz,
  received_at timestamptz NOT NULL DEFAULT now(),
  read_at timestamptz,
  PRIMARY KEY (workspace_id, id),
  UNIQUE (workspace_id, digest)
);
CREATE INDEX inbound_message_unread ON inbound_message (workspace_id, id) WHERE state = 'stored';
CREATE INDEX inbound_message_waiting ON inbound_message (workspace_id, id) WHERE state = 'waiting';
CREATE INDEX inbound_message_contact ON inbound_message (workspace_id, contact_id, id) WHERE contact_id IS NOT NULL;
CALL protect('inbound_message', p_system => true);

-- What a person's corrections taught this workspace: a reply that says the phrase means this.
CREATE TABLE inbound_phrase (
  workspace_id uuid NOT NULL REFERENCES workspace,
  phrase text NOT NULL,
  meaning text NOT NULL,
  made_by uuid,
  made_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (workspace_id, phrase)
);
CALL protect('inbound_phrase');

-- Mailboxes that are polled by IMAP.
CREATE TABLE mailbox (
  workspace_id uuid NOT NULL REFERENCES workspace,
  id uuid NOT NULL,
  name text NOT NULL,
  host text NOT NULL,
  port int NOT NULL,
  security text NOT NULL CHECK (security IN ('none', 'starttls', 'tls')),
  username text NOT NULL,
  -- Sealed under the installation's secret; never answered by the API.
  password_sealed bytea NOT NULL,
  folder text NOT NULL DEFAULT 'INBOX',
  -- Where the next poll goes on (RFC 3501: UIDs count within one UIDVALIDITY).
  uid_validity bigint,
  last_uid bigint NOT NULL DEFAULT 0,
  polled_at timestamptz,
  problem text,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (workspace_id, id),
  UNIQUE (workspace_id, name)
);
CALL protect('mailbox', p_system => true);
