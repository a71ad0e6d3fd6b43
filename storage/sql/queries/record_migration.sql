-- One step done.
INSERT INTO schema_migrations VALUES ($name, $digest, current_timestamp);
