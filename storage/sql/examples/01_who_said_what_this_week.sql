-- Who said what about whom this week?
SELECT
    w.speaker,
    w."role",
    left(w."words", 60) AS "words",
    list_sort(list(DISTINCT e.name) FILTER (WHERE e.name IS NOT NULL)) AS about
FROM who_said_what AS w
LEFT JOIN mentions AS m
    ON w.version_id = m.version_id AND m.start_char >= w.start_char AND m.end_char <= w.end_char
LEFT JOIN entities AS e ON m.entity_id = e.entity_id AND e.name IS DISTINCT FROM w.speaker
WHERE w.published_at >= (SELECT max(v.published_at) - INTERVAL 7 DAY FROM current_versions AS v) AND w.speaker IS NOT NULL
GROUP BY w.speaker, w."role", w."words", w.version_id, w.start_char
ORDER BY w.speaker, "words"
LIMIT 8;
