-- Versions of the articles asked for, and versions with one of the contents asked for, oldest first.
SELECT
    v.article_id,
    v.version_id,
    v.version_no,
    v.content_sha256,
    v.document_url,
    a.canonical_url IS NOT NULL AS stated_url
FROM article_versions AS v
INNER JOIN articles AS a ON v.article_id = a.article_id
WHERE
    v.article_id IN (SELECT unnest($article_ids))
    OR v.content_sha256 IN (SELECT unnest($contents))
ORDER BY v.article_id, v.version_no;
