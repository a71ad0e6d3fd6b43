-- Who speaks for whom, and since when?
SELECT
    person,
    "role",
    organisation,
    cast(first_printed_at AS DATE) AS since,
    articles
FROM who_speaks_for
WHERE organisation IS NOT NULL AND person IS NOT NULL
ORDER BY articles DESC, person, "role"
LIMIT 8;
