-- Raw documents of the newest versions.
SELECT archive_key FROM article_versions
ORDER BY seen_at DESC LIMIT 100;
