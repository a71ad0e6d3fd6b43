-- The newest figure of each metric, by data set and split.
SELECT
    metric,
    dataset,
    split,
    arg_max("value", measured_at) AS "value"
FROM quality
GROUP BY ALL
ORDER BY ALL;
