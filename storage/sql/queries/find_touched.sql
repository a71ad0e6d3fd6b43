-- Texts whose rows in this table are others than those extracted anew, or of another extractor version.
CREATE OR REPLACE TEMP TABLE touched AS
WITH old_rows AS (
    SELECT * EXCLUDE (load_id, confidence, reason) FROM {table}
    WHERE extractor IN (SELECT unnest($extractors)) AND version_id IN (SELECT s.version_id FROM staged.article_versions AS s)
),

new_rows AS (
    SELECT * EXCLUDE (load_id, confidence, reason) FROM staged.{table}
    WHERE extractor IN (SELECT unnest($extractors)) AND version_id IN (SELECT v.version_id FROM article_versions AS v)
)

SELECT DISTINCT version_id
FROM ((
    FROM old_rows
    EXCEPT ALL
    FROM new_rows
)
UNION ALL
(
    FROM new_rows
    EXCEPT ALL
    FROM old_rows
));
