-- Texts that have rows of another version of an extractor.
SELECT DISTINCT version_id FROM {table}
WHERE extractor = $extractor AND extractor_version <> $extractor_version;
