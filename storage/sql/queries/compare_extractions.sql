-- A table's rows as they are against those extracted anew: how many are gone, added and changed, with the first of each.
-- Rows are paired by their span; confidence, reason and who wrote them are not compared.
WITH old_rows AS (
    SELECT
        r.version_id,
        r.start_char,
        r.end_char,
        cast(to_json(r) AS VARCHAR) AS said
    FROM (
        SELECT * EXCLUDE (extractor, extractor_version, load_id, confidence, reason)
        FROM {table}
        WHERE
            extractor IN (SELECT unnest($extractors))
            AND version_id IN (SELECT s.version_id FROM staged.article_versions AS s)
    ) AS r
),

new_rows AS (
    SELECT
        r.version_id,
        r.start_char,
        r.end_char,
        cast(to_json(r) AS VARCHAR) AS said
    FROM (
        SELECT * EXCLUDE (extractor, extractor_version, load_id, confidence, reason)
        FROM staged.{table}
        WHERE
            extractor IN (SELECT unnest($extractors))
            AND version_id IN (SELECT v.version_id FROM article_versions AS v)
    ) AS r
),

gone AS (
    SELECT
        *,
        row_number() OVER (PARTITION BY version_id, start_char, end_char ORDER BY said) AS n
    FROM (
        FROM old_rows
        EXCEPT ALL
        FROM new_rows
    )
),

added AS (
    SELECT
        *,
        row_number() OVER (PARTITION BY version_id, start_char, end_char ORDER BY said) AS n
    FROM (
        FROM new_rows
        EXCEPT ALL
        FROM old_rows
    )
),

pairs AS (
    SELECT
        version_id,
        start_char,
        g.said AS was,
        a.said AS becomes,
        CASE WHEN a.said IS NULL THEN 'gone' WHEN g.said IS NULL THEN 'added' ELSE 'changed' END AS change
    FROM gone AS g
    FULL JOIN added AS a USING (version_id, start_char, end_char, n)
)

SELECT
    change,
    count(*) AS n,
    arg_min((version_id, was, becomes), (version_id, start_char), 3) AS samples
FROM pairs
GROUP BY change
UNION ALL
SELECT
    'before' AS change,
    count(*) AS n,
    NULL AS samples
FROM old_rows;
