-- Ids of the articles meant: by id, by the key under which a run knows an address, or by source.
SELECT a.article_id
FROM articles AS a
WHERE a.article_id IN (SELECT unnest($article_ids)) OR a.source_id = $source_id
UNION
SELECT l.article_id
FROM ledger AS l
WHERE l.article_id IS NOT NULL AND (l.url_key IN (SELECT unnest($url_keys)) OR l.source_id = $source_id)
UNION
SELECT v.article_id
FROM article_versions AS v
WHERE v.version_id IN (SELECT unnest($article_ids))
ORDER BY article_id;
