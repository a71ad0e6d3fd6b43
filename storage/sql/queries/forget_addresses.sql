-- The addresses under which these articles were offered, fetched and stored, with the key of each and the run.
SELECT
    l.url,
    l.url_key,
    l.load_id
FROM ledger AS l
WHERE
    l.article_id IN (SELECT unnest($article_ids))
    OR l.url_key IN (SELECT unnest($url_keys))
    OR l.source_id = $source_id
UNION
SELECT
    v.document_url AS url,
    NULL AS url_key,
    v.load_id
FROM article_versions AS v
WHERE v.article_id IN (SELECT unnest($article_ids))
UNION
SELECT
    coalesce(a.canonical_url, a.first_url) AS url,
    NULL AS url_key,
    a.load_id
FROM articles AS a
WHERE a.article_id IN (SELECT unnest($article_ids));
