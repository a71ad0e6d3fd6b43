-- Incoming texts of articles that were taken down here.
SELECT
    i.version_id,
    i.article_id
FROM incoming_versions AS i
WHERE i.article_id IN (
    SELECT t.tombstone FROM tombstones AS t
    WHERE t.kind = 'article'
);
