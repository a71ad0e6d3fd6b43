-- Rows of texts that are not here.
SELECT r.version_id FROM {target} AS r
WHERE r.version_id NOT IN (SELECT v.version_id FROM article_versions AS v)
LIMIT 1;
