-- Who was quoted most, as what, and with which words first?
SELECT
    speaker,
    any_value("role") AS "role",
    count(*) AS quotes,
    arg_min("words", start_char) AS first_words
FROM who_said_what
WHERE speaker IS NOT NULL AND kind <> 'indirect'
GROUP BY speaker
ORDER BY quotes DESC, speaker ASC
LIMIT 8;
