-- Stored texts as extractors read them.
SELECT
    v.version_id,
    v.version_no,
    v.article_id,
    v.document_url,
    v.text,
    v.title,
    v.language,
    v.published_at,
    v.published_precision,
    v.published_tz_known,
    v.published_origin,
    v.published_day,
    v.blocks,
    v.headings,
    v.raw_sha256,
    v.archive_key,
    v.cleaner,
    v.cleaner_version,
    v.seen_at
FROM article_versions AS v
WHERE v.version_id IN (SELECT unnest($version_ids))
ORDER BY v.seen_at, v.version_id;
