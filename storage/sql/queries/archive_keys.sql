-- Raw documents of the newest versions, of those that are still kept.
SELECT archive_key FROM article_versions
WHERE NOT map_contains(reasons, 'archive_key')
ORDER BY seen_at DESC LIMIT 100;
