-- Providers' own APIs beside SMTP: how they are reached, and how their webhooks are recognised.
ALTER TABLE sending_account DROP CONSTRAINT sending_account_provider_check;
ALTER TABLE sending_account ADD CONSTRAINT sending_account_provider_check
  CHECK (provider IN ('sink', 'smtp', 'ses', 'sendgrid', 'mailgun', 'postmark', 'twilio', 'http'));
ALTER TABLE sending_account
  -- Where its API is, when it is not the provider's usual address.
  ADD COLUMN base_url text,
  -- What only this provider needs, and is no secret: region, domain, topic_arn, …
  ADD COLUMN settings jsonb NOT NULL DEFAULT '{}',
  -- Names the account in the address of its webhook. Everybody on the way may read it: the signature proves.
  ADD COLUMN hook_key text COLLATE "C",
  -- What webhooks are signed with, sealed; never answered by the API.
  ADD COLUMN hook_secret_sealed bytea;
CREATE UNIQUE INDEX sending_account_hook_key ON sending_account (hook_key) WHERE hook_key IS NOT NULL;

-- What providers reported. A row is written before the provider is answered, and kept for
-- ever: its id is what makes a repeated or replayed event do nothing.
CREATE TABLE provider_event (
  workspace_id uuid NOT NULL,
  provider text NOT NULL,
  -- The provider's id of the event, or a digest of what makes it one.
  event_id text COLLATE "C" NOT NULL,
  account_id uuid NOT NULL,
  kind text NOT NULL,
  channel text NOT NULL,
  at timestamptz NOT NULL,
  -- hard, soft, policy; null for what is no bounce.
  bounce text CHECK (bounce IN ('hard', 'soft', 'policy')),
  -- Of the address in the payload; null where it cannot be read.
  key uuid,
  message_id uuid,
  code text NOT NULL DEFAULT '',
  -- The event as it was understood, and what may name a person: erasing empties it.
  payload jsonb,
  -- A token that is good for one event (Mailgun).
  nonce text COLLATE "C",
  received_at timestamptz NOT NULL DEFAULT now(),
  -- Null until it has taken effect; a message that is being handed over makes it wait.
  applied_at timestamptz,
  try_at timestamptz NOT NULL DEFAULT now(),
  tries int NOT NULL DEFAULT 0,
  PRIMARY KEY (workspace_id, provider, event_id)
);
CREATE INDEX provider_event_pending ON provider_event (workspace_id, try_at) WHERE applied_at IS NULL;
CREATE INDEX provider_event_key ON provider_event (workspace_id, key, at) WHERE key IS NOT NULL;
CREATE UNIQUE INDEX provider_event_nonce ON provider_event (workspace_id, provider, nonce) WHERE nonce IS NOT NULL;
CALL protect('provider_event', 'SELECT, INSERT, UPDATE', p_system => true);

-- Steps of a sequence may be texts. `sms` is what WhatsApp takes as well: words without HTML.
ALTER TABLE template DROP CONSTRAINT template_format_check;
ALTER TABLE template ADD CONSTRAINT template_format_check CHECK (format IN ('text', 'mjml', 'sms'));
ALTER TABLE campaign_step
  ADD COLUMN channel text NOT NULL DEFAULT 'email' CHECK (channel IN ('email', 'sms', 'whatsapp')),
  -- Settled when the campaign starts; null before, and in those that started when mail was all there was.
  ADD COLUMN account_id uuid;
