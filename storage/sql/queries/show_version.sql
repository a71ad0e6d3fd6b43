-- One text with what its document states.
SELECT
    v.title,
    coalesce(a.canonical_url, a.first_url) AS url,
    v.version_no,
    v.authors,
    v.published_at,
    v.published_precision,
    v.language,
    v.text,
    v.headings,
    v.blocks,
    v.is_partial,
    v.page_type,
    v.reasons
FROM article_versions AS v
INNER JOIN articles AS a ON v.article_id = a.article_id
WHERE v.version_id = $version_id;
