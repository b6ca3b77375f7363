CREATE TABLE sending_account (
  workspace_id uuid NOT NULL REFERENCES workspace,
  id uuid NOT NULL,
  name text NOT NULL,
  channel text NOT NULL DEFAULT 'email',
  provider text NOT NULL CHECK (provider IN ('sink', 'smtp')),
  from_name text NOT NULL DEFAULT '',
  from_address text NOT NULL,
  reply_to text,
  host text,
  port int,
  security text NOT NULL DEFAULT 'starttls' CHECK (security IN ('none', 'starttls', 'tls')),
  username text,
  -- Sealed under the installation's secret; never answered by the API.
  password_sealed bytea,
  dkim_domain text,
  dkim_selector text,
  dkim_key_sealed bytea,
  connections int NOT NULL DEFAULT 5 CHECK (connections BETWEEN 1 AND 50),
  -- Null is no limit.
  per_second int CHECK (per_second > 0),
  per_day int CHECK (per_day > 0),
  -- Token buckets shared by all workers.
  second_tokens double precision NOT NULL DEFAULT 0,
  second_at timestamptz NOT NULL DEFAULT now(),
  day_sent int NOT NULL DEFAULT 0,
  day date NOT NULL DEFAULT current_date,
  is_default boolean NOT NULL DEFAULT false,
  archived_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (workspace_id, id)
);
-- An archived account gives its name free.
CREATE UNIQUE INDEX sending_account_name ON sending_account (workspace_id, name) WHERE archived_at IS NULL;
CREATE UNIQUE INDEX sending_account_default ON sending_account (workspace_id, channel) WHERE is_default;
CALL protect('sending_account', p_system => true);

-- A row per intended send, and the outbox that workers claim from.
CREATE TABLE message (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  campaign_id uuid,
  follow_up_id uuid,
  -- Which pass through the sequence (restart begins another) and which step of it.
  round int NOT NULL DEFAULT 1,
  step int NOT NULL DEFAULT 0,
  -- Null for a test send, which goes to an address and not to a contact.
  contact_id uuid,
  -- Whose fields a test send is filled with.
  preview_contact_id uuid,
  channel text NOT NULL DEFAULT 'email',
  topic_id uuid,
  -- What the gate decided on, byte for byte what RCPT TO gets (S4).
  address text COLLATE "C" NOT NULL,
  key uuid NOT NULL,
  account_id uuid NOT NULL,
  state text NOT NULL DEFAULT 'queued' CHECK (state IN
    ('queued', 'claimed', 'accepted', 'delivered', 'bounced', 'complained', 'failed', 'unknown', 'cancelled')),
  -- What the outbox's indexes are limited to. A claim changes no column that an index
  -- mentions, so PostgreSQL rewrites the row in its page and leaves every index alone.
  open boolean NOT NULL GENERATED ALWAYS AS (state IN ('queued', 'claimed')) STORED,
  due_at timestamptz NOT NULL DEFAULT now(),
  attempts smallint NOT NULL DEFAULT 0,
  -- Those of the attempts that never reached the server: they say nothing of the address.
  faults smallint NOT NULL DEFAULT 0,
  claimed_at timestamptz,
  claimed_by uuid,
  -- The fences' counters that the claim saw (S1).
  contact_fence bigint,
  key_fence bigint,
  workspace_fence bigint,
  finished_at timestamptz,
  -- The gate's refusals at the moment it was cancelled (bits, see sending_status).
  refusals int,
  because text,
  stop_id uuid,
  response text,
  provider_id text,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (workspace_id, id)
) WITH (fillfactor = 50); -- Room for the second version of every row that one claim takes from a page.
CREATE INDEX message_due ON message (workspace_id, account_id, due_at, id) WHERE open;
CREATE INDEX message_open_campaign ON message (workspace_id, campaign_id) WHERE open;
CREATE INDEX message_open_key ON message (workspace_id, key) WHERE open;
CREATE INDEX message_contact ON message (workspace_id, contact_id, id);
CREATE UNIQUE INDEX message_once ON message (workspace_id, follow_up_id, round, step) WHERE follow_up_id IS NOT NULL;
CALL protect('message', p_system => true);

-- The embedded sink: what would have been sent, as its recipient would see it.
CREATE TABLE sink_message (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  envelope_from text NOT NULL,
  envelope_to text COLLATE "C" NOT NULL,
  raw bytea NOT NULL,
  received_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (workspace_id, id)
);
CREATE INDEX sink_message_to ON sink_message (workspace_id, envelope_to, id);
CALL protect('sink_message');
