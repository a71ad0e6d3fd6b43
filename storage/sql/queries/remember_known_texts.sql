-- Incoming texts that their article has here already under another id, as its history was seen otherwise.
CREATE OR REPLACE TEMP TABLE known_texts AS
SELECT i.version_id
FROM incoming AS i
INNER JOIN article_versions AS v ON i.article_id = v.article_id AND i.content_sha256 = v.content_sha256
WHERE i.version_id NOT IN (SELECT here.version_id FROM article_versions AS here);
