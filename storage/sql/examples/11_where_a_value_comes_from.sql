-- Which places stated a headline, and which one won?
SELECT
    s.origin,
    s."value" AS headline,
    v.title = s."value" AS won
FROM current_versions AS v, unnest(cast(v.stated -> 'title' AS STRUCT("value" VARCHAR, origin VARCHAR)[])) AS t (s)
WHERE len(cast(v.stated -> 'title' AS STRUCT("value" VARCHAR, origin VARCHAR)[])) > 1
ORDER BY v.title, won DESC, s.origin
LIMIT 8;
