-- Stops, their lifts, and what the gate reads.
CREATE TABLE topic (
  workspace_id uuid NOT NULL REFERENCES workspace,
  id uuid NOT NULL,
  name text NOT NULL,
  description text NOT NULL DEFAULT '',
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (workspace_id, id),
  UNIQUE (workspace_id, name)
);
CALL protect('topic');

-- Append-only. subject is a contact's id, an address's key or a domain's key.
-- No foreign key: a stop outlives the contact, the campaign and the topic.
CREATE TABLE stop (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('deactivation', 'unsubscribe', 'do_not_contact', 'do_not_disturb', 'suppression', 'quarantine')),
  -- What led to it: user, link, one_click, reply, import, api, form, hard_bounce, complaint, soft_bounces, invalid_address.
  cause text NOT NULL,
  subject_type text NOT NULL CHECK (subject_type IN ('contact', 'address', 'domain')),
  subject uuid NOT NULL,
  -- Null is every channel.
  channel text CHECK (channel IN ('email', 'sms', 'whatsapp', 'call')),
  -- Null is the whole channel (unsubscribe).
  topic_id uuid,
  -- Null is all campaigns (do not contact).
  campaign_id uuid,
  direction text NOT NULL DEFAULT 'outbound' CHECK (direction IN ('outbound', 'both')),
  actor_type text NOT NULL,
  actor_id uuid,
  -- The fence's counter that this stop set; S1 compares it with what a claim saw.
  generation bigint NOT NULL,
  made_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (workspace_id, id)
);
CREATE INDEX stop_subject ON stop (workspace_id, subject, made_at);
CALL protect('stop', 'SELECT, INSERT', p_system => true);

-- What may name a person, kept apart so that erasing can take it and leave the stop.
CREATE TABLE stop_detail (
  workspace_id uuid NOT NULL,
  stop_id uuid NOT NULL,
  address text,
  because text NOT NULL DEFAULT '',
  evidence jsonb NOT NULL DEFAULT '{}',
  PRIMARY KEY (workspace_id, stop_id)
);
CREATE INDEX stop_detail_address ON stop_detail (workspace_id, address text_pattern_ops) WHERE address IS NOT NULL;
CALL protect('stop_detail');

CREATE TABLE lift (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  stop_id uuid NOT NULL,
  actor_type text NOT NULL,
  actor_id uuid,
  -- Who or what allowed it, in the lifter's words.
  authorization_note text NOT NULL DEFAULT '',
  evidence jsonb NOT NULL DEFAULT '{}',
  lifted_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (workspace_id, id),
  UNIQUE (workspace_id, stop_id)
);
CALL protect('lift', 'SELECT, INSERT');

-- The projection that the gate reads: stops that no lift has ended.
CREATE TABLE standing_stop (
  workspace_id uuid NOT NULL,
  stop_id uuid NOT NULL,
  subject uuid NOT NULL,
  subject_type text NOT NULL,
  kind text NOT NULL,
  cause text NOT NULL,
  channel text,
  topic_id uuid,
  campaign_id uuid,
  direction text NOT NULL DEFAULT 'outbound',
  made_at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, stop_id)
);
CREATE UNIQUE INDEX standing_stop_subject ON standing_stop
  (workspace_id, subject, kind, channel, topic_id, campaign_id, cause, direction) NULLS NOT DISTINCT;
CREATE INDEX standing_stop_domain ON standing_stop (workspace_id, subject) WHERE subject_type = 'domain';
CALL protect('standing_stop');

-- A row per contact, key and workspace that a claim or a stop names. A claim
-- locks it FOR SHARE, a stop bumps it: whichever commits first, the other sees.
CREATE TABLE fence (
  workspace_id uuid NOT NULL,
  subject uuid NOT NULL,
  counter bigint NOT NULL DEFAULT 0,
  PRIMARY KEY (workspace_id, subject)
) WITH (fillfactor = 80);
CALL protect('fence');

-- Repeated temporary failures per address, for quarantine.
CREATE TABLE delivery_failure (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  key uuid NOT NULL,
  channel text NOT NULL,
  at timestamptz NOT NULL DEFAULT now(),
  code text NOT NULL DEFAULT '',
  PRIMARY KEY (workspace_id, id)
);
CREATE INDEX delivery_failure_key ON delivery_failure (workspace_id, key, channel, at);
CALL protect('delivery_failure');

-- What a person agreed to or took back, and how that is known. Append-only; bound to the address, as
-- an unsubscribe is. Erasing empties the evidence, the last thing that may name a person.
CREATE TABLE consent_event (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  key uuid NOT NULL,
  channel text NOT NULL CHECK (channel IN ('email', 'sms', 'whatsapp', 'call')),
  -- Null is every topic of the channel: of an opt-out, and of its lift.
  topic_id uuid,
  state text NOT NULL CHECK (state IN ('opted_in', 'opted_out', 'implied', 'lifted')),
  -- form, preference_page, user, api; of an opt-out, the cause of its stop.
  source text NOT NULL,
  -- The unsubscribe that said so.
  stop_id uuid,
  evidence jsonb NOT NULL DEFAULT '{}',
  actor_type text NOT NULL,
  actor_id uuid,
  at timestamptz NOT NULL DEFAULT clock_timestamp(),
  expires_at timestamptz,
  PRIMARY KEY (workspace_id, id)
);
CREATE INDEX consent_event_key ON consent_event (workspace_id, key, id);
CALL protect('consent_event', 'SELECT, INSERT');
GRANT UPDATE (evidence) ON consent_event TO heed_app;

-- The projection that the gate reads: what holds, by address and topic.
CREATE TABLE consent (
  workspace_id uuid NOT NULL,
  key uuid NOT NULL,
  channel text NOT NULL,
  topic_id uuid NOT NULL,
  state text NOT NULL CHECK (state IN ('opted_in', 'implied')),
  expires_at timestamptz,
  event_id uuid NOT NULL,
  PRIMARY KEY (workspace_id, key, channel, topic_id)
);
CALL protect('consent');
