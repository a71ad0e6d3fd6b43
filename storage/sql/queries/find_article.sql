-- Articles whose id, version, URL or title contains the words asked for; exact ids first, then the newest.
SELECT
    v.version_id,
    v.title,
    coalesce(a.canonical_url, a.first_url) AS url,
    v.version_no
FROM article_versions AS v
INNER JOIN articles AS a ON v.article_id = a.article_id
WHERE
    starts_with(v.article_id, $words)
    OR starts_with(v.version_id, $words)
    OR contains(v.document_url, $words)
    OR contains(coalesce(a.canonical_url, ''), $words)
    OR contains(lower(coalesce(v.title, '')), lower($words))
QUALIFY
    v.version_id = $words
    OR row_number() OVER (PARTITION BY v.article_id ORDER BY starts_with(v.version_id, $words) DESC, v.version_no DESC) = 1
ORDER BY v.version_id = $words DESC, v.seen_at DESC
LIMIT 10;
