-- The texts of these articles, with where their raw bodies are.
SELECT
    v.version_id,
    v.document_url,
    v.raw_sha256,
    v.archive_key
FROM article_versions AS v
WHERE v.article_id IN (SELECT unnest($article_ids));
