-- What happened. Filled by a later release.

CREATE TABLE events (
    event_id VARCHAR NOT NULL,
    event_type VARCHAR NOT NULL,
    mode VARCHAR,
    context VARCHAR[],
    actor_entity_id VARCHAR,
    recipient_entity_id VARCHAR,
    event_date DATE,
    place_geonames_id BIGINT,
    extractor VARCHAR NOT NULL,
    extractor_version VARCHAR NOT NULL,
    load_id VARCHAR NOT NULL,
    reason VARCHAR
);

COMMENT ON TABLE events IS 'A PLOVER event, reported by one or more articles. Filled by a later release.';
COMMENT ON COLUMN events.event_id IS 'Stable id of the event.';
COMMENT ON COLUMN events.event_type IS 'PLOVER event type.';
COMMENT ON COLUMN events.mode IS 'PLOVER mode. NULL: none applies.';
COMMENT ON COLUMN events.context IS 'PLOVER contexts. NULL: none found.';
COMMENT ON COLUMN events.actor_entity_id IS 'Who did it. NULL: not known.';
COMMENT ON COLUMN events.recipient_entity_id IS 'To whom. NULL: not known.';
COMMENT ON COLUMN events.event_date IS 'When. NULL: not known.';
COMMENT ON COLUMN events.place_geonames_id IS 'Where, GeoNames id. NULL: not known.';
COMMENT ON COLUMN events.extractor IS 'Name of the extractor.';
COMMENT ON COLUMN events.extractor_version IS 'Its version.';
COMMENT ON COLUMN events.load_id IS 'The run that wrote the row.';
COMMENT ON COLUMN events.reason IS 'Why a value is NULL or was chosen.';

CREATE TABLE event_mentions (
    version_id VARCHAR NOT NULL,
    start_char INTEGER NOT NULL,
    end_char INTEGER NOT NULL,
    exact VARCHAR NOT NULL,
    event_id VARCHAR NOT NULL,
    event_type VARCHAR NOT NULL,
    mode VARCHAR,
    context VARCHAR[],
    modality VARCHAR NOT NULL,
    actor_text VARCHAR,
    actor_start_char INTEGER,
    actor_end_char INTEGER,
    actor_entity_id VARCHAR,
    recipient_text VARCHAR,
    recipient_start_char INTEGER,
    recipient_end_char INTEGER,
    recipient_entity_id VARCHAR,
    action_text VARCHAR,
    action_start_char INTEGER,
    action_end_char INTEGER,
    event_date DATE,
    place_geonames_id BIGINT,
    sentence_no INTEGER,
    extractor VARCHAR NOT NULL,
    extractor_version VARCHAR NOT NULL,
    load_id VARCHAR NOT NULL,
    confidence DOUBLE,
    reason VARCHAR,
    CHECK (end_char > start_char),
    CHECK (modality IN ('asserted', 'denied', 'planned', 'hypothetical', 'past', 'reported'))
);

COMMENT ON TABLE event_mentions IS 'Where an event stands in a text. Filled by a later release.';
COMMENT ON COLUMN event_mentions.version_id IS 'The text the row stands in: article_versions.version_id.';
COMMENT ON COLUMN event_mentions.start_char IS 'Start in article_versions.text, in Unicode code points from 0.';
COMMENT ON COLUMN event_mentions.end_char IS 'End in article_versions.text, in code points, exclusive.';
COMMENT ON COLUMN event_mentions.exact IS 'The words at start_char..end_char: substr(text, start_char + 1, end_char - start_char).';
COMMENT ON COLUMN event_mentions.event_id IS 'The event: events.event_id.';
COMMENT ON COLUMN event_mentions.event_type IS 'PLOVER event type.';
COMMENT ON COLUMN event_mentions.mode IS 'PLOVER mode. NULL: none applies.';
COMMENT ON COLUMN event_mentions.context IS 'PLOVER contexts. NULL: none found.';
COMMENT ON COLUMN event_mentions.modality IS 'asserted, denied, planned, hypothetical, past or reported.';
COMMENT ON COLUMN event_mentions.actor_text IS 'Who did it, as printed. NULL: none printed.';
COMMENT ON COLUMN event_mentions.actor_start_char IS 'Start of actor_text in code points. NULL with it.';
COMMENT ON COLUMN event_mentions.actor_end_char IS 'End of actor_text in code points, exclusive. NULL with it.';
COMMENT ON COLUMN event_mentions.actor_entity_id IS 'entities.entity_id. NULL: not known.';
COMMENT ON COLUMN event_mentions.recipient_text IS 'To whom, as printed. NULL: none printed.';
COMMENT ON COLUMN event_mentions.recipient_start_char IS 'Start of recipient_text in code points. NULL with it.';
COMMENT ON COLUMN event_mentions.recipient_end_char IS 'End of recipient_text in code points, exclusive. NULL with it.';
COMMENT ON COLUMN event_mentions.recipient_entity_id IS 'entities.entity_id. NULL: not known.';
COMMENT ON COLUMN event_mentions.action_text IS 'The words of the action, as printed. NULL: none printed.';
COMMENT ON COLUMN event_mentions.action_start_char IS 'Start of action_text in code points. NULL with it.';
COMMENT ON COLUMN event_mentions.action_end_char IS 'End of action_text in code points, exclusive. NULL with it.';
COMMENT ON COLUMN event_mentions.event_date IS 'When. NULL: not known.';
COMMENT ON COLUMN event_mentions.place_geonames_id IS 'Where, GeoNames id. NULL: not known.';
COMMENT ON COLUMN event_mentions.sentence_no IS 'Number of the sentence in its version, from 0. NULL: the span starts in no sentence.';
COMMENT ON COLUMN event_mentions.extractor IS 'Name of the extractor that wrote the row.';
COMMENT ON COLUMN event_mentions.extractor_version IS 'Version of that extractor.';
COMMENT ON COLUMN event_mentions.load_id IS 'The run that wrote the row: loads.load_id.';
COMMENT ON COLUMN event_mentions.confidence IS 'Probability from 0 to 1 that the row is right, as the extractor estimates it. NULL: it gives no estimate.';
COMMENT ON COLUMN event_mentions.reason IS 'Why a value is NULL, or how it was chosen. NULL: nothing to explain.';
