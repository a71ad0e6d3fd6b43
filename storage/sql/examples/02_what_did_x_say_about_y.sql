-- What did Peskov say about Ukraine?
SELECT
    speaker,
    left("words", 80) AS "words",
    context(version_id, start_char, end_char, 20) AS there
FROM said_about('peskov', 'ukrain')
ORDER BY start_char
LIMIT 3;
