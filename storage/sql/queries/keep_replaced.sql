-- Keep the rows that are about to be replaced.
INSERT INTO replaced_rows BY NAME
SELECT
    r.version_id,
    $table AS table_name,
    r.extractor,
    r.extractor_version,
    r.load_id AS written_by,
    $load_id AS replaced_by,
    to_json(r) AS "row"
FROM {table} AS r
WHERE r.extractor IN (SELECT unnest($extractors)) AND r.version_id IN (SELECT t.version_id FROM touched AS t);
