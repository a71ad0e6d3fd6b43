-- Of the texts of a batch, the run's rows whose words are not the words at their offsets.
SELECT
    r.version_id,
    r.{start_column} AS start_char,
    r.{end_column} AS end_char,
    r.{words_column} AS words,
    substr(t.text, r.{start_column} + 1, r.{end_column} - r.{start_column}) AS stands_there
FROM {table} AS r
INNER JOIN evidence_texts AS t ON r.version_id = t.version_id
WHERE
    r.load_id = $load_id
    AND (r.{start_column} IS NOT NULL OR r.{end_column} IS NOT NULL OR r.{words_column} IS NOT NULL)
    AND substr(t.text, r.{start_column} + 1, r.{end_column} - r.{start_column}) IS DISTINCT FROM r.{words_column}
LIMIT 5;
