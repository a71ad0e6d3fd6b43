-- Who said what in one text.
SELECT
    coalesce(speaker_name, speaker_text, '') AS speaker,
    coalesce(speaker_role, '') AS "role",
    coalesce(cue, '') AS cue,
    exact AS "words",
    coalesce(reason, '') AS reason
FROM quotes
WHERE version_id = $version_id
ORDER BY start_char;
