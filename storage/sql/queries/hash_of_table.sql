-- How many rows a table has, and a sum over the hashes of the rows, which no order changes.
SELECT
    count(*) AS "rows",
    coalesce(sum(hash($columns)::HUGEINT), 0)::VARCHAR AS "hash"
FROM {database}.main.{target};
