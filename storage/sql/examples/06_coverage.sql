-- How much came from which source and country?
SELECT
    source_id,
    country_iso3,
    "language",
    sum(articles) AS articles,
    sum("words") AS "words"
FROM daily_coverage
GROUP BY ALL
ORDER BY articles DESC, source_id, "language"
LIMIT 8;
