-- Articles of which both sides have versions are numbered anew, in the order in which the texts were seen.
UPDATE article_versions
SET version_no = numbered.version_no
FROM (
    SELECT
        v.version_id,
        row_number() OVER (PARTITION BY v.article_id ORDER BY v.seen_at, v.version_no, v.version_id) AS version_no
    FROM article_versions AS v
    WHERE v.article_id IN (SELECT i.article_id FROM incoming_versions AS i)
) AS numbered
WHERE article_versions.version_id = numbered.version_id AND article_versions.version_no <> numbered.version_no;
