-- What did Peskov say about Putin?
SELECT
    speaker,
    left("words", 80) AS "words",
    context(version_id, start_char, end_char, 20) AS there
FROM said_about('peskov', 'putin')
ORDER BY start_char
LIMIT 3;
