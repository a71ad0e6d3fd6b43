-- Which numbers were printed about harbours, over time?
SELECT
    cast(printed_at AS DATE) AS printed,
    exact,
    "value",
    unit,
    currency
FROM numbers_about('harbour')
ORDER BY printed_at NULLS LAST, version_id, start_char
LIMIT 6;
