-- Whose words changed between two versions of an article?
SELECT
    change,
    version_no,
    speaker_name,
    left(exact, 70) AS "words"
FROM quote_changes
ORDER BY article_id, version_no, start_char, change
LIMIT 6;
