-- The texts that rows of a batch stand in, as stored by runs from $since on ('': by any). They are looked for by id without reading texts,
-- then read by where they lie: of a large warehouse only the end is read.
WITH lying AS MATERIALIZED (
    SELECT v.rowid AS place
    FROM article_versions AS v
    WHERE v.load_id >= $since AND v.version_id IN (SELECT unnest($versions))
)

SELECT
    v.version_id,
    v.text
FROM article_versions AS v
INNER JOIN lying ON v.rowid = lying.place;
