-- People, what they may do, and how they show who they are.
CREATE TABLE role (
  workspace_id uuid NOT NULL REFERENCES workspace,
  id uuid NOT NULL,
  name text NOT NULL,
  built_in boolean NOT NULL DEFAULT false,
  permissions text[] NOT NULL,
  -- Whose contacts the role sees: all, or those it owns.
  visibility text NOT NULL DEFAULT 'all' CHECK (visibility IN ('all', 'own')),
  PRIMARY KEY (workspace_id, id),
  UNIQUE (workspace_id, name)
);
CALL protect('role');

CREATE TABLE app_user (
  workspace_id uuid NOT NULL REFERENCES workspace,
  id uuid NOT NULL,
  role_id uuid NOT NULL,
  email text COLLATE "C" NOT NULL,
  name text NOT NULL,
  locale text NOT NULL DEFAULT 'en',
  password_hash text,
  -- Sealed under the installation's secret; null while no second factor is set.
  totp_sealed bytea,
  -- A secret shown to the user and not confirmed with a code yet.
  totp_pending bytea,
  totp_last_step bigint,
  disabled_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (workspace_id, id),
  UNIQUE (workspace_id, email),
  FOREIGN KEY (workspace_id, role_id) REFERENCES role
);
CREATE INDEX app_user_email ON app_user (email);
CALL protect('app_user', p_system => true);

-- Opaque tokens are held only as SHA-256: a leaked table signs nobody in.
CREATE TABLE session (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  user_id uuid NOT NULL,
  token_hash bytea NOT NULL UNIQUE,
  csrf_token text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, user_id) REFERENCES app_user ON DELETE CASCADE
);
CALL protect('session', p_system => true);

CREATE TABLE api_key (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  user_id uuid NOT NULL,
  name text NOT NULL,
  -- The first characters, so that a person can tell which key a row is.
  prefix text NOT NULL,
  key_hash bytea NOT NULL UNIQUE,
  -- Permissions the key may use; null means all that its user has.
  scopes text[],
  created_at timestamptz NOT NULL DEFAULT now(),
  last_used_at timestamptz,
  revoked_at timestamptz,
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, user_id) REFERENCES app_user ON DELETE CASCADE
);
CALL protect('api_key', p_system => true);

CREATE TABLE sign_in_link (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  user_id uuid NOT NULL,
  token_hash bytea NOT NULL UNIQUE,
  created_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL,
  used_at timestamptz,
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, user_id) REFERENCES app_user ON DELETE CASCADE
);
CALL protect('sign_in_link', p_system => true);
