-- Who said what about whom this week?
WITH week AS MATERIALIZED (
    SELECT version_id
    FROM current_versions
    WHERE published_at >= (SELECT max(v.published_at) - INTERVAL 7 DAY FROM article_versions AS v)
),

named AS (
    SELECT
        m.version_id,
        m.start_char,
        m.end_char,
        e.name
    FROM mentions AS m
    SEMI JOIN week ON m.version_id = week.version_id
    INNER JOIN entities AS e ON m.entity_id = e.entity_id
)

SELECT
    w.speaker,
    w."role",
    left(w."words", 60) AS "words",
    list_sort(list(DISTINCT n.name) FILTER (WHERE n.name IS NOT NULL)) AS about
FROM who_said_what AS w
SEMI JOIN week ON w.version_id = week.version_id
LEFT JOIN named AS n
    ON
        w.version_id = n.version_id
        AND n.start_char >= w.start_char
        AND n.end_char <= w.end_char
        AND n.name IS DISTINCT FROM w.speaker
WHERE w.speaker IS NOT NULL
GROUP BY w.speaker, w."role", w."words", w.version_id, w.start_char
ORDER BY w.speaker, "words"
LIMIT 8;
