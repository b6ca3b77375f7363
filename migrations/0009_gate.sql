-- The one decision on who may be written to (architecture.md, The gate).

-- The refusal that a standing stop gives for a send, or 0 when it does not cover it.
CREATE FUNCTION stop_refusal(s_kind text, s_channel text, s_topic uuid, s_campaign uuid, p_channel text, p_topic uuid, p_campaign uuid)
  RETURNS int LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN CASE
    WHEN s_channel IS NOT NULL AND s_channel <> p_channel THEN 0
    WHEN s_kind = 'deactivation' THEN 2
    WHEN s_kind = 'quarantine' THEN 16
    WHEN s_kind = 'suppression' THEN 32
    WHEN s_kind = 'unsubscribe' THEN CASE WHEN s_topic IS NULL OR s_topic IS NOT DISTINCT FROM p_topic THEN 64 ELSE 0 END
    WHEN s_kind = 'do_not_disturb' THEN 128
    WHEN s_kind = 'do_not_contact' THEN CASE WHEN s_campaign IS NULL OR s_campaign IS NOT DISTINCT FROM p_campaign THEN 256 ELSE 0 END
    ELSE 32 -- a kind this function does not know stops (S9)
  END;

-- For every contact: its address on the channel and why it may not be written
-- to, as bits in the order in which they are told (0 is eligible):
--   1 in the bin   2 deactivated   4 no address   8 address invalid   16 quarantined
--   32 suppressed  64 unsubscribed 128 do not disturb 256 do not contact
--   512 no consent 1024 excluded from the campaign's lists
-- Stops on a further address cover the contact only where the person spoke: unsubscribes and complaints.
-- Set-based: join it to any set of contacts. The planner inlines it, and runs
-- each EXISTS as one hash for a large set or one index probe for a small one.
CREATE FUNCTION sending_status(p_channel text, p_topic uuid, p_campaign uuid)
  RETURNS TABLE (workspace_id uuid, contact_id uuid, address text, key uuid, refusals int)
  LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT c.workspace_id, c.id,
    CASE WHEN p_channel = 'email' THEN c.email ELSE c.phone END,
    CASE WHEN p_channel = 'email' THEN c.email_key ELSE c.phone_key END,
    CASE WHEN c.deletion_id IS NULL THEN 0 ELSE 1 END
    | CASE WHEN p_channel = 'email'
        THEN CASE WHEN c.email IS NULL OR c.email_key IS NULL THEN 4 WHEN c.email_validity = 'invalid' THEN 8 ELSE 0 END
        ELSE CASE WHEN c.phone IS NULL OR c.phone_key IS NULL THEN 4 WHEN c.phone_validity = 'invalid' THEN 8 ELSE 0 END
      END
    | CASE WHEN EXISTS (SELECT 1 FROM standing_stop s WHERE s.workspace_id = c.workspace_id AND s.subject = c.id)
        THEN coalesce((
          SELECT bit_or(stop_refusal(s.kind, s.channel, s.topic_id, s.campaign_id, p_channel, p_topic, p_campaign))
          FROM standing_stop s WHERE s.workspace_id = c.workspace_id AND s.subject = c.id), 0)
        ELSE 0 END
    | CASE WHEN EXISTS (SELECT 1 FROM standing_stop s WHERE s.workspace_id = c.workspace_id
                          AND s.subject = CASE WHEN p_channel = 'email' THEN c.email_key ELSE c.phone_key END)
        THEN coalesce((
          SELECT bit_or(stop_refusal(s.kind, s.channel, s.topic_id, s.campaign_id, p_channel, p_topic, p_campaign))
          FROM standing_stop s
          WHERE s.workspace_id = c.workspace_id
            AND s.subject = CASE WHEN p_channel = 'email' THEN c.email_key ELSE c.phone_key END), 0)
        ELSE 0 END
    | CASE WHEN p_channel = 'email' AND (
             EXISTS (SELECT 1 FROM standing_stop s WHERE s.workspace_id = c.workspace_id
                       AND s.subject_type = 'domain' AND s.subject = c.email_domain_key)
             OR c.email_root_key IS NOT NULL AND
             EXISTS (SELECT 1 FROM standing_stop s WHERE s.workspace_id = c.workspace_id
                       AND s.subject_type = 'domain' AND s.subject = c.email_root_key))
        THEN coalesce((
          SELECT bit_or(stop_refusal(s.kind, s.channel, s.topic_id, s.campaign_id, p_channel, p_topic, p_campaign))
          FROM standing_stop s
          WHERE s.workspace_id = c.workspace_id AND s.subject_type = 'domain'
            AND s.subject IN (c.email_domain_key, c.email_root_key)), 0)
        ELSE 0 END
    | CASE WHEN EXISTS (SELECT 1 FROM contact_address a WHERE a.workspace_id = c.workspace_id AND a.contact_id = c.id)
        THEN coalesce((
          SELECT bit_or(stop_refusal(s.kind, s.channel, s.topic_id, s.campaign_id, p_channel, p_topic, p_campaign))
          FROM contact_address a
          JOIN standing_stop s ON s.workspace_id = a.workspace_id AND s.subject = a.key
          WHERE a.workspace_id = c.workspace_id AND a.contact_id = c.id
            AND (s.kind = 'unsubscribe' OR s.cause = 'complaint')), 0)
        ELSE 0 END
    | CASE WHEN p_campaign IS NOT NULL AND
             EXISTS (SELECT 1 FROM campaign_exclusion x WHERE x.workspace_id = c.workspace_id
                       AND x.campaign_id = p_campaign AND x.contact_id = c.id)
        THEN 1024 ELSE 0 END
    -- Administrative messages have neither topic nor campaign and need no consent. A campaign without a
    -- topic has nobody's. The policy is read once a statement.
    | CASE WHEN (p_topic IS NOT NULL OR p_campaign IS NOT NULL)
             AND (SELECT (w.policy ->> 'consent_required')::boolean FROM workspace w WHERE w.workspace_id = current_workspace())
             AND NOT EXISTS (SELECT 1 FROM consent k WHERE k.workspace_id = c.workspace_id
                               AND k.key = CASE WHEN p_channel = 'email' THEN c.email_key ELSE c.phone_key END
                               AND k.channel = p_channel AND k.topic_id = p_topic AND (k.expires_at IS NULL OR k.expires_at > now()))
        THEN 512 ELSE 0 END
  FROM contact c
  $$;
GRANT EXECUTE ON FUNCTION sending_status, stop_refusal TO heed_app;

-- The same decision for a bare address that no contact need have: test sends. A
-- contact that has the address lends it its own refusals.
CREATE FUNCTION address_status(p_channel text, p_key uuid, p_domain_key uuid, p_root_key uuid)
  RETURNS int LANGUAGE sql STABLE AS $$
  SELECT coalesce((
      SELECT bit_or(stop_refusal(s.kind, s.channel, s.topic_id, s.campaign_id, p_channel, NULL, NULL))
      FROM standing_stop s
      WHERE s.workspace_id = current_workspace() AND s.subject IN (p_key, p_domain_key, p_root_key)), 0)
    | coalesce((
      SELECT bit_or(s.refusals)
      FROM live_contact c
      JOIN LATERAL sending_status(p_channel, NULL, NULL) s ON s.workspace_id = c.workspace_id AND s.contact_id = c.id
      WHERE c.email_key = p_key OR c.phone_key = p_key), 0)
  $$;
GRANT EXECUTE ON FUNCTION address_status TO heed_app;
