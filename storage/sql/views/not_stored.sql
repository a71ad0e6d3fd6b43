-- Why an article is not in: what became last of each candidate that is not stored.
CREATE OR REPLACE VIEW not_stored AS
SELECT
    url,
    source_id,
    status,
    stage,
    detail,
    http_status,
    robots_rule,
    attempt,
    retry_at,
    ended_at,
    load_id
FROM ledger AS l
WHERE
    status NOT IN ('stored', 'not_modified', 'duplicate', 'unchanged')
    AND NOT EXISTS (
        SELECT 1
        FROM ledger AS s
        WHERE s.status = 'stored' AND coalesce(s.url_key, s.url) = coalesce(l.url_key, l.url)
    )
QUALIFY row_number() OVER (PARTITION BY coalesce(url_key, url) ORDER BY ended_at DESC) = 1;
COMMENT ON VIEW not_stored IS 'Candidates that never became articles, with what became of them last and why.';
