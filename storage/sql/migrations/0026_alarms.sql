-- What operators were told.

CREATE TABLE alarms (
    "name" VARCHAR NOT NULL,
    subject VARCHAR NOT NULL,
    state VARCHAR NOT NULL,
    detail VARCHAR NOT NULL,
    figures MAP (VARCHAR, DOUBLE) NOT NULL,
    since TIMESTAMPTZ NOT NULL,
    told_at TIMESTAMPTZ NOT NULL,
    CHECK (state IN ('raised', 'over'))
);

COMMENT ON TABLE alarms IS 'What operators were told by events of Prefect: a row when an alarm was raised, and one when it was over.';
COMMENT ON COLUMN alarms."name" IS 'What it is about: a module of tasks/watch, such as source_dead.';
COMMENT ON COLUMN alarms.subject IS 'The source, by its id; of alarms about the whole home, the file or folder.';
COMMENT ON COLUMN alarms.state IS 'raised, or over.';
COMMENT ON COLUMN alarms.detail IS 'The alarm in one line, as it was told.';
COMMENT ON COLUMN alarms.figures IS 'The figures it rests on, by name.';
COMMENT ON COLUMN alarms.since IS 'Since when it is so, as far as the warehouse knows.';
COMMENT ON COLUMN alarms.told_at IS 'When the event was sent.';
