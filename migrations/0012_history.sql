-- What "why was X (not) written to at time T" is answered from.

-- Acts as other modules read them; ledger alone writes them.
CREATE VIEW ledger_act WITH (security_invoker = true) AS
  SELECT workspace_id, id, at, act, actor_type, actor_id, contact_id, subject_id, detail, block_number
  FROM ledger_entry;
GRANT SELECT ON ledger_act TO heed_app;
-- The entries of one stop.
CREATE INDEX ledger_entry_subject ON ledger_entry (workspace_id, subject_id) WHERE subject_id IS NOT NULL;

-- Every stop ever made with its lift, and the fence's counter that it set.
CREATE VIEW stop_history WITH (security_invoker = true) AS
  SELECT s.workspace_id, s.id AS stop_id, s.kind, s.cause, s.subject_type, s.subject, s.channel, s.topic_id, s.campaign_id,
         s.actor_type, s.actor_id, s.generation, s.made_at, coalesce(d.because, '') AS because,
         -- Evidence may be anything that an API client wrote.
         CASE WHEN d.evidence ->> 'message_id' ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' THEN d.evidence ->> 'message_id' END AS message_id,
         l.lifted_at, l.actor_type AS lifted_by_type, l.actor_id AS lifted_by
  FROM stop s
  LEFT JOIN stop_detail d ON d.workspace_id = s.workspace_id AND d.stop_id = s.id
  LEFT JOIN lift l ON l.workspace_id = s.workspace_id AND l.stop_id = s.id;
GRANT SELECT ON stop_history TO heed_app;

-- What a stop can be bound to so that it covers a contact, by the rule of
-- sending_status: mail keys and domains on email alone, numbers on the others, a further
-- address only where the person spoke (unsubscribes, complaints).
CREATE VIEW contact_subject WITH (security_invoker = true) AS
  SELECT workspace_id, id AS contact_id, id AS subject, 'contact' AS bound_to FROM contact
  UNION ALL
  SELECT workspace_id, id, email_key, 'email' FROM contact WHERE email_key IS NOT NULL
  UNION ALL
  SELECT workspace_id, id, email_domain_key, 'domain' FROM contact WHERE email_domain_key IS NOT NULL
  UNION ALL
  SELECT workspace_id, id, email_root_key, 'domain' FROM contact WHERE email_root_key IS NOT NULL
  UNION ALL
  SELECT workspace_id, id, phone_key, 'phone' FROM contact WHERE phone_key IS NOT NULL
  UNION ALL
  SELECT workspace_id, contact_id, key, 'further' FROM contact_address;
GRANT SELECT ON contact_subject TO heed_app;
