-- What hangs on a contact. Everything here is reached through live_contact, so a
-- deletion into the bin touches none of it and a restore finds it as it was; a
-- purge cascades.
CREATE TABLE note (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  contact_id uuid NOT NULL,
  text text NOT NULL,
  author_id uuid,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, contact_id) REFERENCES contact ON DELETE CASCADE
);
CREATE INDEX note_contact ON note (workspace_id, contact_id, id);
CALL protect('note');

CREATE TABLE task (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  contact_id uuid NOT NULL,
  title text NOT NULL,
  due_at timestamptz,
  done_at timestamptz,
  done_by uuid,
  assignee_id uuid,
  author_id uuid,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, contact_id) REFERENCES contact ON DELETE CASCADE,
  FOREIGN KEY (workspace_id, assignee_id) REFERENCES app_user
);
CREATE INDEX task_contact ON task (workspace_id, contact_id);
CREATE INDEX task_open ON task (workspace_id, coalesce(due_at, 'infinity'), id) WHERE done_at IS NULL;
CREATE INDEX task_assignee ON task (workspace_id, assignee_id, coalesce(due_at, 'infinity'), id) WHERE done_at IS NULL;
CREATE INDEX task_done ON task (workspace_id, done_at, id) WHERE done_at IS NOT NULL;
CALL protect('task');

-- An appointment belongs to all contacts who attend it: it is there while one of them is.
CREATE TABLE appointment (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  title text NOT NULL,
  starts_at timestamptz NOT NULL,
  ends_at timestamptz NOT NULL,
  -- IANA; where the appointment takes place, whoever looks at it.
  time_zone text NOT NULL,
  location text NOT NULL DEFAULT '',
  author_id uuid,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (workspace_id, id),
  CHECK (ends_at >= starts_at)
);
CREATE INDEX appointment_start ON appointment (workspace_id, starts_at, id);
CALL protect('appointment');

-- A contact, or somebody who is none: then by name and email.
CREATE TABLE appointment_attendee (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  appointment_id uuid NOT NULL,
  contact_id uuid,
  name text NOT NULL DEFAULT '',
  email text COLLATE "C" NOT NULL DEFAULT '',
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, appointment_id) REFERENCES appointment ON DELETE CASCADE,
  FOREIGN KEY (workspace_id, contact_id) REFERENCES contact ON DELETE CASCADE
);
CREATE INDEX appointment_attendee_of ON appointment_attendee (workspace_id, appointment_id);
CREATE UNIQUE INDEX appointment_attendee_once ON appointment_attendee (workspace_id, contact_id, appointment_id) WHERE contact_id IS NOT NULL;
CALL protect('appointment_attendee');

CREATE TABLE pipeline (
  workspace_id uuid NOT NULL REFERENCES workspace,
  id uuid NOT NULL,
  name text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (workspace_id, id),
  UNIQUE (workspace_id, name)
);
CALL protect('pipeline');

CREATE TABLE pipeline_stage (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  pipeline_id uuid NOT NULL,
  name text NOT NULL,
  kind text NOT NULL DEFAULT 'open' CHECK (kind IN ('open', 'won', 'lost')),
  position int NOT NULL,
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, pipeline_id) REFERENCES pipeline ON DELETE CASCADE
);
CREATE INDEX pipeline_stage_order ON pipeline_stage (workspace_id, pipeline_id, position);
CALL protect('pipeline_stage');

CREATE TABLE opportunity (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  title text NOT NULL,
  amount numeric(15, 2),
  -- ISO 4217
  currency text NOT NULL DEFAULT 'EUR',
  stage_id uuid NOT NULL,
  -- The order within the stage; a move takes the middle between its neighbours.
  position double precision NOT NULL,
  owner_id uuid,
  expected_close date,
  -- When it came into a stage that is won or lost.
  closed_at timestamptz,
  -- Null is live; set, it went with the deletion of its last contact.
  deletion_id uuid,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, stage_id) REFERENCES pipeline_stage,
  FOREIGN KEY (workspace_id, owner_id) REFERENCES app_user
);
CREATE INDEX opportunity_stage ON opportunity (workspace_id, stage_id, position, id);
CREATE INDEX opportunity_deletion ON opportunity (workspace_id, deletion_id) WHERE deletion_id IS NOT NULL;
CALL protect('opportunity');

CREATE VIEW live_opportunity WITH (security_invoker = true) AS
  SELECT * FROM opportunity WHERE deletion_id IS NULL;
GRANT SELECT ON live_opportunity TO heed_app;

CREATE TABLE opportunity_contact (
  workspace_id uuid NOT NULL,
  opportunity_id uuid NOT NULL,
  contact_id uuid NOT NULL,
  is_primary boolean NOT NULL DEFAULT false,
  added_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (workspace_id, opportunity_id, contact_id),
  FOREIGN KEY (workspace_id, opportunity_id) REFERENCES opportunity ON DELETE CASCADE,
  FOREIGN KEY (workspace_id, contact_id) REFERENCES contact ON DELETE CASCADE
);
CREATE INDEX opportunity_contact_contact ON opportunity_contact (workspace_id, contact_id);
CREATE UNIQUE INDEX opportunity_contact_primary ON opportunity_contact (workspace_id, opportunity_id) WHERE is_primary;
CALL protect('opportunity_contact');

CREATE TABLE conversation (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  contact_id uuid NOT NULL,
  channel text NOT NULL CHECK (channel IN ('email', 'sms', 'whatsapp', 'call')),
  subject text NOT NULL DEFAULT '',
  -- The subject without Re: and Fwd:, folded; a message without References joins by it.
  thread_subject text NOT NULL DEFAULT '',
  state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'closed')),
  unread boolean NOT NULL DEFAULT false,
  last_at timestamptz NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, contact_id) REFERENCES contact ON DELETE CASCADE
);
CREATE INDEX conversation_contact ON conversation (workspace_id, contact_id, last_at);
CREATE INDEX conversation_last ON conversation (workspace_id, last_at, id);
CALL protect('conversation');

CREATE TABLE conversation_message (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  conversation_id uuid NOT NULL,
  direction text NOT NULL CHECK (direction IN ('in', 'out')),
  channel text NOT NULL CHECK (channel IN ('email', 'sms', 'whatsapp', 'call')),
  subject text NOT NULL DEFAULT '',
  text text NOT NULL,
  from_address text COLLATE "C" NOT NULL DEFAULT '',
  to_address text COLLATE "C" NOT NULL DEFAULT '',
  -- Message-ID of the mail (RFC 5322 3.6.4) without angle brackets: answers name it.
  mail_id text COLLATE "C",
  -- The message of the sender's outbox, and the incoming mail, that it is the content of.
  message_id uuid,
  inbound_id uuid,
  author_id uuid,
  at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, conversation_id) REFERENCES conversation ON DELETE CASCADE
);
CREATE INDEX conversation_message_order ON conversation_message (workspace_id, conversation_id, at, id);
CREATE UNIQUE INDEX conversation_message_sent ON conversation_message (workspace_id, message_id) WHERE message_id IS NOT NULL;
CREATE UNIQUE INDEX conversation_message_received ON conversation_message (workspace_id, inbound_id) WHERE inbound_id IS NOT NULL;
CREATE INDEX conversation_message_mail ON conversation_message (workspace_id, mail_id) WHERE mail_id IS NOT NULL;
CALL protect('conversation_message');

-- What hangs on each contact, by kind, for the counts of a preview and of a profile.
CREATE VIEW linked_item WITH (security_invoker = true) AS
  SELECT workspace_id, contact_id, 'note' AS kind, id FROM note
  UNION ALL
  SELECT workspace_id, contact_id, 'task', id FROM task
  UNION ALL
  SELECT workspace_id, contact_id, 'appointment', appointment_id FROM appointment_attendee WHERE contact_id IS NOT NULL
  UNION ALL
  SELECT workspace_id, contact_id, 'conversation', id FROM conversation
  UNION ALL
  SELECT oc.workspace_id, oc.contact_id, 'opportunity', oc.opportunity_id
  FROM opportunity_contact oc JOIN opportunity o ON o.workspace_id = oc.workspace_id AND o.id = oc.opportunity_id
  WHERE o.deletion_id IS NULL;
GRANT SELECT ON linked_item TO heed_app;

-- Linked items as facts of a contact's timeline. What is shared (opportunities,
-- appointments) is recorded in the ledger once and told to each of its contacts.
CREATE VIEW linked_fact WITH (security_invoker = true) AS
  SELECT workspace_id, contact_id, 'note:' || id AS id, created_at AS at, 'note' AS kind, 'note.added' AS code,
         CASE WHEN author_id IS NULL THEN 'system' ELSE 'user' END AS actor_type, author_id AS actor_id, jsonb_build_object('note_id', id, 'text', left(text, 500)) AS detail, NULL::uuid AS entry_id
  FROM note
  UNION ALL
  SELECT workspace_id, contact_id, 'task:' || id, created_at, 'task', 'task.added',
         CASE WHEN author_id IS NULL THEN 'system' ELSE 'user' END, author_id, jsonb_build_object('task_id', id, 'title', title, 'due_at', due_at), NULL
  FROM task
  UNION ALL
  SELECT workspace_id, contact_id, 'done:' || id, done_at, 'task', 'task.done',
         CASE WHEN done_by IS NULL THEN 'system' ELSE 'user' END, done_by, jsonb_build_object('task_id', id, 'title', title), NULL
  FROM task WHERE done_at IS NOT NULL
  UNION ALL
  SELECT v.workspace_id, v.contact_id, 'said:' || m.id, m.at, 'conversation',
         CASE m.direction WHEN 'in' THEN 'conversation.received' ELSE 'conversation.written' END,
         CASE WHEN m.direction = 'in' THEN 'recipient' WHEN m.author_id IS NULL THEN 'system' ELSE 'user' END,
         CASE WHEN m.direction = 'in' THEN NULL ELSE m.author_id END, jsonb_build_object('conversation_id', v.id, 'channel', m.channel, 'subject', m.subject,
           'text', left(m.text, 500), 'message_id', m.message_id), NULL
  FROM conversation v JOIN conversation_message m ON m.workspace_id = v.workspace_id AND m.conversation_id = v.id
  UNION ALL
  SELECT t.workspace_id, t.contact_id, 'shared:' || l.id, l.at, 'appointment', l.act, l.actor_type, l.actor_id,
         l.detail || jsonb_build_object('appointment_id', a.id, 'title', a.title, 'starts_at', a.starts_at, 'time_zone', a.time_zone), l.id
  FROM appointment_attendee t
  JOIN appointment a ON a.workspace_id = t.workspace_id AND a.id = t.appointment_id
  JOIN ledger_act l ON l.workspace_id = a.workspace_id AND l.subject_id = a.id
  WHERE t.contact_id IS NOT NULL
  UNION ALL
  SELECT oc.workspace_id, oc.contact_id, 'shared:' || l.id, l.at, 'opportunity', l.act, l.actor_type, l.actor_id,
         l.detail || jsonb_build_object('opportunity_id', o.id, 'title', o.title, 'amount', o.amount, 'currency', o.currency,
           'stage', (SELECT s.name FROM pipeline_stage s WHERE s.workspace_id = o.workspace_id AND s.id::text = l.detail ->> 'stage_id')), l.id
  FROM opportunity_contact oc
  JOIN opportunity o ON o.workspace_id = oc.workspace_id AND o.id = oc.opportunity_id
  JOIN ledger_act l ON l.workspace_id = o.workspace_id AND l.subject_id = o.id
  WHERE o.deletion_id IS NULL;
GRANT SELECT ON linked_fact TO heed_app;

-- The built-in roles of workspaces that are there already; new ones get it when they are made.
-- The owner is behind the wall too, and stands in no workspace here.
ALTER TABLE role NO FORCE ROW LEVEL SECURITY;
UPDATE role SET permissions = permissions || '{pipelines.edit}'
WHERE built_in AND name IN ('Administrator', 'Company Manager', 'Marketing Manager', 'Sales Manager')
  AND NOT 'pipelines.edit' = ANY (permissions);
ALTER TABLE role FORCE ROW LEVEL SECURITY;
