-- The read model: what the topics say, as tables. Nothing is here that the topics do not say: delete the file and it
-- comes back the same. Times are milliseconds since 1970-01-01 UTC, flags are 0 or 1, words are lower case with hyphens
-- (an Avro symbol NOT_ANALYSED is 'not-analysed' here and in the API). What is large stays where it is: rows that name a
-- partition and an offset say where the record lies.

-- How far each partition was read. Written in the same transaction as what was read.
CREATE TABLE topic_position (
  topic        TEXT    NOT NULL,                   -- as the broker calls it
  partition    INTEGER NOT NULL,
  topic_id     TEXT    NOT NULL,                   -- the broker's; another one: the topic was made anew
  next_offset  INTEGER NOT NULL,
  PRIMARY KEY (topic, partition)
) WITHOUT ROWID;

-- When the topics were last seen to their end. A file that was left alone for long may have missed deletions.
CREATE TABLE followed (
  at INTEGER NOT NULL
);

-- A version of a model: announced, fingerprinted, reported on, or any of them.
CREATE TABLE model_version (
  id                   TEXT PRIMARY KEY,           -- internal/helios-7b@v4
  model_id             TEXT NOT NULL,              -- internal/helios-7b
  registry             TEXT NOT NULL,
  name                 TEXT NOT NULL,
  version              TEXT NOT NULL,
  name_now             TEXT,                       -- what its registry calls it since; null when the same
  stable_id            TEXT,
  visibility           TEXT,                       -- public, private; null when not told
  deleted_at           INTEGER,                    -- null while it is there
  sender               TEXT,                       -- kind of the registry; null when it came without an announcement
  location             TEXT,
  uploaded_by          TEXT,
  uploaded_at          INTEGER,
  received_at          INTEGER NOT NULL,           -- announced, or else fingerprinted or reported on
  correlation_id       TEXT,
  progress             TEXT NOT NULL,              -- received, fingerprinted, analysed, not-analysed
  not_analysed_reason  TEXT,
  not_analysed_message TEXT,
  licence              TEXT,
  family               TEXT,                       -- said of a reference model
  publisher            TEXT,                       -- said of a reference model
  parameters           INTEGER,
  fingerprinted_at     INTEGER,
  fingerprint_partition INTEGER,
  fingerprint_offset   INTEGER,
  report_id            TEXT,                       -- the latest
  reported_at          INTEGER,
  compared_models      INTEGER,
  matches              INTEGER NOT NULL DEFAULT 0, -- in the latest report
  proven               INTEGER NOT NULL DEFAULT 0, -- of them proven: derived, same-weights
  nearest_id           TEXT,                       -- the proven ancestor that the report names first
  undeclared           INTEGER NOT NULL DEFAULT 0  -- 1: an ancestor is proven, none of the proven ones is declared
);
CREATE INDEX model_version_by_stable_id ON model_version (registry, stable_id) WHERE stable_id IS NOT NULL;
-- What is found by words is ordered, filtered and counted here.
CREATE INDEX model_version_by_model ON model_version (model_id, received_at DESC, id, registry, progress, licence,
  undeclared, proven, deleted_at, not_analysed_reason);
CREATE INDEX model_version_by_lower_name ON model_version (lower(name));
CREATE INDEX model_version_by_lower_model ON model_version (lower(registry || '/' || name));
CREATE INDEX model_version_by_time ON model_version (received_at DESC, id, progress, proven);
CREATE INDEX model_version_by_registry ON model_version (registry, received_at DESC, id);
CREATE INDEX model_version_by_progress ON model_version (progress, received_at DESC, id);
CREATE INDEX model_version_by_licence ON model_version (licence, received_at DESC, id);
CREATE INDEX model_version_by_filters ON
  model_version (registry, progress, licence, undeclared, proven, deleted_at, not_analysed_reason);
CREATE INDEX model_version_by_proof ON model_version (proven > 0, received_at DESC, id);

-- How many model versions there are of each kind. No value is an empty text here.
CREATE TABLE model_count (
  registry            TEXT NOT NULL,
  progress            TEXT NOT NULL,
  licence             TEXT NOT NULL,
  not_analysed_reason TEXT NOT NULL,
  undeclared          INTEGER NOT NULL,
  proven              INTEGER NOT NULL,            -- 1: at least one ancestor is
  deleted             INTEGER NOT NULL,
  versions            INTEGER NOT NULL,
  PRIMARY KEY (registry, progress, licence, not_analysed_reason, undeclared, proven, deleted)
) WITHOUT ROWID;

-- How many model versions were received on each day.
CREATE TABLE arrival (
  day      INTEGER NOT NULL,                       -- since 1970-01-01
  progress TEXT NOT NULL,
  proven   INTEGER NOT NULL,                       -- 1: at least one ancestor is
  versions INTEGER NOT NULL,
  PRIMARY KEY (day, progress, proven)
) WITHOUT ROWID;

CREATE TRIGGER model_version_added AFTER INSERT ON model_version BEGIN
  INSERT INTO model_count VALUES (new.registry, new.progress, coalesce(new.licence, ''),
    coalesce(new.not_analysed_reason, ''), new.undeclared, new.proven > 0, new.deleted_at IS NOT NULL, 1)
    ON CONFLICT DO UPDATE SET versions = versions + 1;
  INSERT INTO arrival VALUES (new.received_at / 86400000, new.progress, new.proven > 0, 1)
    ON CONFLICT DO UPDATE SET versions = versions + 1;
END;

CREATE TRIGGER model_version_removed AFTER DELETE ON model_version BEGIN
  UPDATE model_count SET versions = versions - 1
    WHERE registry = old.registry AND progress = old.progress AND licence = coalesce(old.licence, '')
    AND not_analysed_reason = coalesce(old.not_analysed_reason, '') AND undeclared = old.undeclared
    AND proven = (old.proven > 0) AND deleted = (old.deleted_at IS NOT NULL);
  DELETE FROM model_count
    WHERE registry = old.registry AND progress = old.progress AND licence = coalesce(old.licence, '')
    AND not_analysed_reason = coalesce(old.not_analysed_reason, '') AND undeclared = old.undeclared
    AND proven = (old.proven > 0) AND deleted = (old.deleted_at IS NOT NULL) AND versions = 0;
  UPDATE arrival SET versions = versions - 1
    WHERE day = old.received_at / 86400000 AND progress = old.progress AND proven = (old.proven > 0);
  DELETE FROM arrival
    WHERE day = old.received_at / 86400000 AND progress = old.progress AND proven = (old.proven > 0) AND versions = 0;
END;

-- Every announcement.
CREATE TABLE upload (
  partition        INTEGER NOT NULL,
  "offset"         INTEGER NOT NULL,
  event_id         TEXT NOT NULL,
  model_version_id TEXT NOT NULL,
  sender           TEXT NOT NULL,
  location         TEXT NOT NULL,
  stable_id        TEXT,
  visibility       TEXT,
  uploaded_by      TEXT,
  uploaded_at      INTEGER NOT NULL,
  received_at      INTEGER NOT NULL,
  correlation_id   TEXT NOT NULL,
  PRIMARY KEY (partition, "offset")
) WITHOUT ROWID;
CREATE INDEX upload_by_model_version ON upload (model_version_id, "offset" DESC);

-- What was read of the weights: the last word on each model version.
CREATE TABLE fingerprint (
  model_version_id     TEXT PRIMARY KEY,
  partition            INTEGER NOT NULL,
  "offset"             INTEGER NOT NULL,
  upload_event_id      TEXT NOT NULL,
  location             TEXT NOT NULL,
  not_analysed_reason  TEXT,
  not_analysed_message TEXT,
  licence              TEXT,
  family               TEXT,                       -- said of a reference model, as what follows
  publisher            TEXT,
  other_names          TEXT NOT NULL,              -- separated by line ends
  parameters           INTEGER,
  uploaded_at          INTEGER NOT NULL,
  fingerprinted_at     INTEGER NOT NULL,
  correlation_id       TEXT NOT NULL
) WITHOUT ROWID;

-- What registries told of models since their upload.
CREATE TABLE model_change (
  partition   INTEGER NOT NULL,
  "offset"    INTEGER NOT NULL,
  registry    TEXT NOT NULL,
  name        TEXT NOT NULL,
  version     TEXT,
  stable_id   TEXT,
  change      TEXT NOT NULL,
  former_name TEXT,
  visibility  TEXT,
  received_at INTEGER NOT NULL,
  PRIMARY KEY (partition, "offset")
) WITHOUT ROWID;
CREATE INDEX model_change_by_model ON model_change (registry, name);
CREATE INDEX model_change_by_former_name ON model_change (registry, former_name) WHERE former_name IS NOT NULL;
CREATE INDEX model_change_of_erasures ON model_change (registry, name) WHERE change = 'erased';
CREATE INDEX model_change_by_stable_id ON model_change (registry, stable_id) WHERE stable_id IS NOT NULL;

-- Every wording of every report.
CREATE TABLE report (
  partition        INTEGER NOT NULL,
  "offset"         INTEGER NOT NULL,
  report_id        TEXT NOT NULL,
  model_version_id TEXT NOT NULL,
  purpose          TEXT NOT NULL,
  confirmation     TEXT NOT NULL,
  reported_at      INTEGER NOT NULL,
  uploaded_at      INTEGER NOT NULL,
  licence          TEXT,
  compared_models  INTEGER NOT NULL,
  matches          INTEGER NOT NULL,
  proven           INTEGER NOT NULL,
  nearest_id       TEXT,
  undeclared       INTEGER NOT NULL,
  not_analysed_reason  TEXT,
  not_analysed_message TEXT,
  correlation_id   TEXT NOT NULL,
  latest           INTEGER NOT NULL,               -- 1 for the last word on the model version
  PRIMARY KEY (partition, "offset")
) WITHOUT ROWID;
CREATE INDEX report_by_id ON report (report_id, "offset" DESC);
CREATE INDEX report_by_model_version ON report (model_version_id, "offset" DESC);

-- The lineage graph: matches of the latest report on each model version.
CREATE TABLE match (
  derived_id    TEXT NOT NULL,                     -- model version id
  base_id       TEXT NOT NULL,                     -- model version id
  derived_model_id TEXT NOT NULL,
  base_model_id TEXT NOT NULL,
  verdict       TEXT NOT NULL,
  proven        INTEGER NOT NULL,
  parent        INTEGER NOT NULL,
  nearest       INTEGER NOT NULL,
  direct        INTEGER NOT NULL,                  -- 1: a step of the graph; the proven parents, or else the nearest
  declared      INTEGER NOT NULL,
  basis         TEXT NOT NULL,
  log10_e_value REAL,                              -- null when it is no number
  effect_size   REAL,                              -- null when it is no number
  relation      TEXT,                              -- fine-tuned, quantised, …; null when not known
  relation_detail TEXT,
  merge_weight  REAL,
  base_licence  TEXT,
  base_family   TEXT,                              -- as said when it was added as a reference model
  base_publisher TEXT,
  base_uploaded_at INTEGER NOT NULL,
  summary       TEXT NOT NULL,
  reported_at   INTEGER NOT NULL,
  PRIMARY KEY (derived_id, base_id)
) WITHOUT ROWID;
-- Families are walked here.
CREATE INDEX match_by_base ON match (base_id, proven, direct, derived_id, declared, verdict, relation, merge_weight,
  log10_e_value, basis, relation_detail);
CREATE INDEX match_by_base_model ON match (base_model_id, proven, reported_at DESC, derived_model_id);
CREATE INDEX match_by_time ON match (proven, reported_at DESC, derived_id);
CREATE INDEX match_by_copy ON match (derived_id) WHERE verdict = 'same-weights';
CREATE INDEX match_by_copied ON match (base_id) WHERE verdict = 'same-weights';

-- Bases that the latest report says were declared.
CREATE TABLE declaration (
  derived_id  TEXT NOT NULL,
  place       INTEGER NOT NULL,                    -- in the report's order, from 0
  name        TEXT NOT NULL,
  relation    TEXT,
  source      TEXT NOT NULL,
  strength    TEXT NOT NULL,
  base_id     TEXT,                                -- the match it means; null when none is meant
  PRIMARY KEY (derived_id, place)
) WITHOUT ROWID;

-- Where to look for declarations that may mean a model: by the last segment of its name. What each of them means is told
-- by its whole text.
CREATE TABLE declared_name (
  segment     TEXT NOT NULL,                       -- in lower case
  derived_id  TEXT NOT NULL,
  place       INTEGER NOT NULL,                    -- of the declaration
  PRIMARY KEY (segment, derived_id, place)
) WITHOUT ROWID;
CREATE INDEX declared_name_by_derived ON declared_name (derived_id);

-- Names that mean a model: its own, what its registry calls it since, other names of a reference model.
CREATE TABLE model_name (
  segment   TEXT NOT NULL,                         -- the last one of the name, in lower case
  model_id  TEXT NOT NULL,
  registry  TEXT NOT NULL,
  name      TEXT NOT NULL,
  PRIMARY KEY (segment, model_id, name)
) WITHOUT ROWID;
CREATE INDEX model_name_by_model ON model_name (model_id);

-- Models that nothing may descend from, and those of which that was said once.
CREATE TABLE quarantine (
  id             TEXT PRIMARY KEY,                 -- model id, or model version id
  model_id       TEXT NOT NULL,
  version        TEXT,                             -- null for all versions
  reason         TEXT NOT NULL,
  quarantined_by TEXT NOT NULL,
  quarantined_at INTEGER NOT NULL,
  lifted_by      TEXT,
  lifted_at      INTEGER                           -- null while it holds
);
CREATE INDEX quarantine_by_model ON quarantine (model_id, lifted_at);

-- Alerts in their last state.
CREATE TABLE alert (
  id               TEXT PRIMARY KEY,
  partition        INTEGER NOT NULL,
  "offset"         INTEGER NOT NULL,
  rule             TEXT NOT NULL,
  severity         TEXT NOT NULL,
  severity_rank    INTEGER NOT NULL,               -- 0 low to 3 critical
  state            TEXT NOT NULL,                  -- open, acknowledged, snoozed, resolved
  resolution       TEXT,
  derived_model_id TEXT NOT NULL,
  derived_version_id TEXT NOT NULL,
  base_model_id    TEXT,
  base_version_id  TEXT,
  base_licence     TEXT,
  base_family      TEXT,
  base_publisher   TEXT,
  verdict          TEXT NOT NULL,
  log10_e_value    REAL,                           -- null when it is no number
  relation         TEXT,
  depth            INTEGER NOT NULL,
  registry         TEXT NOT NULL,
  team             TEXT,
  exposure         TEXT,
  title            TEXT NOT NULL,
  explanation      TEXT NOT NULL,
  report_id        TEXT NOT NULL,
  policy_version   TEXT,
  revision         INTEGER NOT NULL,
  revised_at       INTEGER NOT NULL,
  state_by         TEXT,
  state_reason     TEXT,
  state_at         INTEGER,
  snoozed_until    INTEGER,
  snoozed_until_change INTEGER NOT NULL,
  exception_id     TEXT,
  routes           TEXT NOT NULL,                  -- of the present revision, separated by commas
  next_action_offset INTEGER NOT NULL,             -- actions before it are in the state, or were ignored
  opened_at        INTEGER NOT NULL,
  updated_at       INTEGER NOT NULL,
  correlation_id   TEXT NOT NULL
);
CREATE INDEX alert_by_state ON alert (state, severity_rank DESC, updated_at DESC, id);
CREATE INDEX alert_by_urgency ON alert (severity_rank DESC, updated_at DESC, id);
CREATE INDEX alert_by_time ON alert (updated_at DESC, id);
CREATE INDEX alert_by_opening ON alert (opened_at DESC, id);
CREATE INDEX alert_by_derived ON alert (derived_model_id, state, severity_rank);
CREATE INDEX alert_by_base ON alert (base_model_id, rule, state);
-- Whatever is counted or grouped is read here.
CREATE INDEX alert_by_group ON alert (rule, base_model_id, severity_rank DESC, updated_at DESC, id, state, severity, team,
  registry, opened_at, base_licence, base_family, base_publisher);
CREATE INDEX alert_by_rule ON alert (rule, state, updated_at DESC);
CREATE INDEX alert_by_team ON alert (team, state, updated_at DESC);
CREATE INDEX alert_by_registry ON alert (registry, state, updated_at DESC);
CREATE INDEX alert_by_snooze ON alert (snoozed_until) WHERE state = 'snoozed';
CREATE INDEX alert_by_exception ON alert (exception_id) WHERE exception_id IS NOT NULL;

-- Versions of the derived model that have the finding.
CREATE TABLE alert_version (
  alert_id         TEXT NOT NULL,
  model_version_id TEXT NOT NULL,
  report_id        TEXT NOT NULL,
  found_at         INTEGER NOT NULL,
  PRIMARY KEY (alert_id, model_version_id)
) WITHOUT ROWID;

-- Whom the present revision of an alert is owed to and was not told yet. A row goes when a delivery settles it.
CREATE TABLE owed (
  channel    TEXT NOT NULL,
  alert_id   TEXT NOT NULL,
  revision   INTEGER NOT NULL,
  since      INTEGER NOT NULL,
  PRIMARY KEY (channel, alert_id)
) WITHOUT ROWID;
CREATE INDEX owed_by_alert ON owed (alert_id);

-- What people did with alerts.
CREATE TABLE alert_action (
  partition    INTEGER NOT NULL,
  "offset"     INTEGER NOT NULL,
  action_id    TEXT NOT NULL,
  alert_id     TEXT NOT NULL,
  kind         TEXT NOT NULL,                      -- acknowledge, snooze, resolve, reopen, comment
  author       TEXT NOT NULL,
  reason       TEXT,
  until        INTEGER,
  until_change INTEGER NOT NULL,
  via          TEXT,
  at           INTEGER NOT NULL,
  PRIMARY KEY (partition, "offset")
) WITHOUT ROWID;
CREATE INDEX alert_action_by_alert ON alert_action (alert_id, at DESC);
CREATE INDEX alert_action_by_time ON alert_action (at DESC, partition DESC, "offset" DESC);

-- Every attempt to send a message.
CREATE TABLE delivery (
  partition   INTEGER NOT NULL,
  "offset"    INTEGER NOT NULL,
  message_id  TEXT NOT NULL,
  channel     TEXT NOT NULL,
  purpose     TEXT NOT NULL,                       -- alerts, digest, test
  outcome     TEXT NOT NULL,                       -- delivered, retrying, failed
  attempt     INTEGER NOT NULL,
  status_code INTEGER,
  detail      TEXT,
  reference   TEXT,
  alerts      INTEGER NOT NULL,                    -- how many it tells of
  at          INTEGER NOT NULL,
  next_attempt_at INTEGER,
  last        INTEGER NOT NULL,                    -- 1 for the last attempt of its message
  PRIMARY KEY (partition, "offset")
) WITHOUT ROWID;
CREATE INDEX delivery_by_time ON delivery (at DESC, partition DESC, "offset" DESC);
CREATE INDEX delivery_by_channel ON delivery (channel, at DESC, partition DESC, "offset" DESC);
CREATE INDEX delivery_by_message ON delivery (message_id, at DESC);
CREATE INDEX delivery_by_outcome ON delivery (last, outcome, at DESC, partition DESC, "offset" DESC);

-- Alerts that messages told of.
CREATE TABLE delivery_alert (
  alert_id   TEXT NOT NULL,
  channel    TEXT NOT NULL,
  message_id TEXT NOT NULL,
  revision   INTEGER NOT NULL,
  state      TEXT NOT NULL,
  settled    INTEGER NOT NULL,                     -- 1 when the message was delivered or given up
  PRIMARY KEY (alert_id, channel, message_id)
) WITHOUT ROWID;
CREATE INDEX delivery_alert_by_message ON delivery_alert (message_id);

CREATE TABLE policy_version (
  version   TEXT PRIMARY KEY,
  text      TEXT NOT NULL,
  source    TEXT NOT NULL,
  loaded_at INTEGER NOT NULL,                      -- the last time that it came into use
  "offset"  INTEGER NOT NULL
);

CREATE TABLE policy_application (
  application_id TEXT PRIMARY KEY,
  rule           TEXT,
  policy_version TEXT NOT NULL,
  notify         INTEGER NOT NULL,
  requested_by   TEXT NOT NULL,
  requested_at   INTEGER NOT NULL
);

CREATE TABLE policy_exception (
  exception_id     TEXT PRIMARY KEY,
  rule             TEXT,
  derived_model_id TEXT,
  derived_version  TEXT,
  base_model_id    TEXT,
  owner            TEXT NOT NULL,
  reason           TEXT NOT NULL,
  expires_at       INTEGER NOT NULL,
  granted_by       TEXT NOT NULL,
  granted_at       INTEGER NOT NULL,
  revoked_by       TEXT,
  revoked_at       INTEGER
);
CREATE INDEX policy_exception_by_end ON policy_exception (expires_at);

-- The audit trail but for what is in alert_action.
CREATE TABLE audit_entry (
  partition INTEGER NOT NULL,
  "offset"  INTEGER NOT NULL,
  entry_id  TEXT NOT NULL,
  author    TEXT NOT NULL,
  role      TEXT,
  action    TEXT NOT NULL,
  subject   TEXT NOT NULL,
  detail    TEXT,
  refused   INTEGER NOT NULL,
  via       TEXT NOT NULL,
  address   TEXT,
  at        INTEGER NOT NULL,
  PRIMARY KEY (partition, "offset")
) WITHOUT ROWID;
CREATE INDEX audit_entry_by_time ON audit_entry (at DESC, partition DESC, "offset" DESC);

CREATE TABLE api_token (
  token_id   TEXT PRIMARY KEY,
  kind       TEXT NOT NULL,                        -- api, sign-in-link
  name       TEXT NOT NULL,
  role       TEXT NOT NULL,                        -- viewer, responder, admin
  hash       BLOB NOT NULL,
  created_by TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  expires_at INTEGER,
  used_at    INTEGER,
  revoked_by TEXT,
  revoked_at INTEGER
);

CREATE TABLE email_preference (
  channel    TEXT NOT NULL,
  address    TEXT NOT NULL,
  subscribed INTEGER NOT NULL,
  at         INTEGER NOT NULL,
  PRIMARY KEY (channel, address)
) WITHOUT ROWID;

CREATE TABLE dead_letter (
  partition        INTEGER NOT NULL,
  "offset"         INTEGER NOT NULL,
  stage            TEXT NOT NULL,
  reason           TEXT NOT NULL,
  message          TEXT NOT NULL,
  origin_topic     TEXT NOT NULL,
  origin_partition INTEGER NOT NULL,
  origin_offset    INTEGER NOT NULL,
  attempts         INTEGER NOT NULL,
  correlation_id   TEXT,
  at               INTEGER NOT NULL,
  PRIMARY KEY (partition, "offset")
) WITHOUT ROWID;
CREATE INDEX dead_letter_by_time ON dead_letter (at DESC);

-- Search over names, licences, ancestors and families: any part of three letters or more.
CREATE TABLE search_document (
  place INTEGER PRIMARY KEY,
  kind  TEXT NOT NULL,                             -- model
  id    TEXT NOT NULL,                             -- model id
  text  TEXT NOT NULL,                             -- a line for each name, licence, ancestor and family
  UNIQUE (kind, id)
);
CREATE INDEX search_document_by_place ON search_document (place, id);
CREATE VIRTUAL TABLE search USING fts5 (
  kind UNINDEXED,
  id,
  text,
  content = 'search_document',
  content_rowid = 'place',
  tokenize = 'trigram'
);
