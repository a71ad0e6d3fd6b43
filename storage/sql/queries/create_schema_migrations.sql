-- The record of what was done to this schema.
CREATE TABLE IF NOT EXISTS schema_migrations (
    name VARCHAR NOT NULL,
    sha256 VARCHAR NOT NULL,
    applied_at TIMESTAMPTZ NOT NULL
);
COMMENT ON TABLE schema_migrations IS 'The migrations applied to this file.';
COMMENT ON COLUMN schema_migrations.name IS 'Name of the migration, or "macros and views", or "comments".';
COMMENT ON COLUMN schema_migrations.sha256 IS 'SHA-256 of the SQL applied, in hex.';
COMMENT ON COLUMN schema_migrations.applied_at IS 'When it was applied.';
