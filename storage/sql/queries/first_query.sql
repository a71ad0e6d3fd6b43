-- Who said what, and where does it stand?
SELECT
    speaker,
    "role",
    cue,
    "words",
    title
FROM who_said_what
WHERE speaker IS NOT NULL
LIMIT 12;
