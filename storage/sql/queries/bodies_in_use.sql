-- Which of these raw bodies other articles were read from.
SELECT DISTINCT v.raw_sha256
FROM article_versions AS v
WHERE
    v.raw_sha256 IN (SELECT unnest($digests))
    AND v.article_id NOT IN (SELECT unnest($article_ids));
