-- The ledger keeps that there was a candidate and how it ended, but neither where it was nor what was said of it.
UPDATE ledger
SET
    url = 'forgotten:' || left(sha256(url), 32),
    detail = NULL,
    article_id = NULL,
    version_id = NULL,
    url_key = NULL,
    entry_sha256 = NULL,
    retry_at = NULL,
    entry = NULL
WHERE
    url IN (SELECT unnest($urls))
    OR url_key IN (SELECT unnest($url_keys))
    OR article_id IN (SELECT unnest($article_ids));
