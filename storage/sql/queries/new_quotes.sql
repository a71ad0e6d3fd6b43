-- Some quotes of one run, surest first, with where they can be read.
SELECT
    coalesce(w.speaker, '') AS speaker,
    coalesce(w.role, '') AS "role",
    w.words,
    w.title,
    w.url
FROM who_said_what AS w
SEMI JOIN quotes AS q
    ON
        w.version_id = q.version_id
        AND w.start_char = q.start_char
        AND w.end_char = q.end_char
        AND q.load_id = $load_id
ORDER BY w.speaker IS NULL, w.version_id, w.start_char
LIMIT 20;
