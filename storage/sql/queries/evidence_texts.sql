-- The texts that rows of a batch stand in; NULL: there is no such text. They are looked for by id without reading texts, then read by
-- where they lie: of a large warehouse only the end is read.
CREATE OR REPLACE TEMP TABLE evidence_texts AS
WITH lying AS MATERIALIZED (
    SELECT v.rowid AS place
    FROM article_versions AS v
    WHERE v.version_id IN (SELECT unnest($versions))
),

found AS (
    SELECT
        v.version_id,
        v.text
    FROM article_versions AS v
    INNER JOIN lying ON v.rowid = lying.place
)

SELECT
    asked.version_id,
    found.text
FROM (SELECT unnest($versions) AS version_id) AS asked
LEFT JOIN found ON asked.version_id = found.version_id;
