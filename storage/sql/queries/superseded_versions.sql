-- Texts that a newer version of their article has followed before a day.
SELECT version_id FROM (
    SELECT
        v.version_id,
        lead(v.seen_at) OVER (PARTITION BY v.article_id ORDER BY v.version_no) AS followed_at
    FROM article_versions AS v
)
WHERE followed_at < $before;
