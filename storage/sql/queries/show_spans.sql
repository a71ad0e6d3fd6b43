-- What stands where in one text, for highlighting.
SELECT start_char, end_char, lower(entity_type) AS kind FROM mentions
WHERE version_id = $version_id AND mention_kind = 'name'
UNION ALL
SELECT start_char, end_char, 'quote' FROM quotes
WHERE version_id = $version_id
UNION ALL
SELECT cue_start_char, cue_end_char, 'cue' FROM quotes
WHERE version_id = $version_id AND cue IS NOT NULL
UNION ALL
SELECT start_char, end_char, 'time' FROM times
WHERE version_id = $version_id
UNION ALL
SELECT start_char, end_char, 'quantity' FROM quantities
WHERE version_id = $version_id
UNION ALL
SELECT start_char, end_char, 'credit' FROM credits
WHERE version_id = $version_id
ORDER BY start_char, end_char DESC;
