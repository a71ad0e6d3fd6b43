-- Which of these versions are stored.
SELECT v.version_id
FROM article_versions AS v
WHERE v.version_id IN (SELECT unnest($version_ids));
