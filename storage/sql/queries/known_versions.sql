-- Versions of the articles asked for, and versions with one of the contents asked for, oldest first. Each is looked for by its one column,
-- then read by where it lies.
WITH lying AS MATERIALIZED (
    SELECT v.rowid AS place
    FROM article_versions AS v
    WHERE v.article_id IN (SELECT unnest($article_ids))
    UNION
    SELECT v.rowid AS place
    FROM article_versions AS v
    WHERE v.content_sha256 IN (SELECT unnest($contents))
)

SELECT
    v.article_id,
    v.version_id,
    v.version_no,
    v.content_sha256,
    v.document_url,
    a.canonical_url IS NOT NULL AS stated_url
FROM article_versions AS v
INNER JOIN lying ON v.rowid = lying.place
INNER JOIN articles AS a ON v.article_id = a.article_id
ORDER BY v.article_id, v.version_no;
