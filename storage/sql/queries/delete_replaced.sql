-- Take out the rows that are kept in replaced_rows now.
DELETE FROM {table}
WHERE extractor IN (SELECT unnest($extractors)) AND version_id IN (SELECT t.version_id FROM touched AS t);
