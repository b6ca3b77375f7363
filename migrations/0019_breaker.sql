-- What each account's messages met, by the day (UTC) on which they were handed over,
-- counted in the transactions of the facts themselves.
CREATE TABLE account_day (
  workspace_id uuid NOT NULL,
  account_id uuid NOT NULL,
  day date NOT NULL,
  accepted int NOT NULL DEFAULT 0,
  -- Hard bounces at the hand-over itself: never accepted, and among hard_bounces as well.
  refused int NOT NULL DEFAULT 0,
  hard_bounces int NOT NULL DEFAULT 0,
  complaints int NOT NULL DEFAULT 0,
  PRIMARY KEY (workspace_id, account_id, day)
);
CALL protect('account_day');

-- Beside sending_account and not in it: claims lock that row behind the messages that a
-- pause takes back, so a trip that locked it as well could deadlock with them.
CREATE TABLE account_breaker (
  workspace_id uuid NOT NULL,
  account_id uuid NOT NULL,
  tripped_at timestamptz,
  tripped_because text CHECK (tripped_because IN ('hard_bounces', 'complaints')),
  -- Messages handed over before the last reset are not counted any more.
  counted_from timestamptz,
  PRIMARY KEY (workspace_id, account_id),
  FOREIGN KEY (workspace_id, account_id) REFERENCES sending_account ON DELETE CASCADE
);
CALL protect('account_breaker');

-- A message counts as a hard bounce once, however many reports say so and in whatever order.
ALTER TABLE message ADD COLUMN hard_bounced boolean NOT NULL DEFAULT false;

-- Null where a person paused it.
ALTER TABLE campaign ADD COLUMN paused_because text CHECK (paused_because IN ('breaker'));
