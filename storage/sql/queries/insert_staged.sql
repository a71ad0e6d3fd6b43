-- Put the rows extracted anew in their place, as written by this run.
INSERT INTO {table} BY NAME
SELECT s.* REPLACE ($load_id AS load_id)
FROM staged.{table} AS s
WHERE s.extractor IN (SELECT unnest($extractors)) AND s.version_id IN (SELECT t.version_id FROM touched AS t);
