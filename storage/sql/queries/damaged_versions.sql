-- Texts whose hash is not the hash of their words.
SELECT v.version_id
FROM article_versions AS v
WHERE
    v.version_id IN (SELECT i.version_id FROM incoming_versions AS i)
    AND v.content_sha256 <> sha256(concat(coalesce(v.title, ''), chr(0), v.text))
LIMIT 1;
