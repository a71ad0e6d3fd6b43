-- Of some texts, the rows whose words are not the words at their offsets.
SELECT
    r.version_id,
    r.{start_column} AS start_char,
    r.{end_column} AS end_char,
    r.{words_column} AS words,
    substr(v.text, r.{start_column} + 1, r.{end_column} - r.{start_column}) AS stands_there
FROM {table} AS r
LEFT JOIN article_versions AS v ON r.version_id = v.version_id
WHERE
    r.version_id IN (SELECT unnest($versions))
    AND (r.{start_column} IS NOT NULL OR r.{end_column} IS NOT NULL OR r.{words_column} IS NOT NULL)
    AND substr(v.text, r.{start_column} + 1, r.{end_column} - r.{start_column}) IS DISTINCT FROM r.{words_column}
LIMIT 5;
