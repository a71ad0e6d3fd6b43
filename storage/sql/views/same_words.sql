-- Which words were quoted in more than one place.
CREATE OR REPLACE VIEW same_words AS
SELECT
    lower(trim(regexp_replace(q.exact, '[^\pL\pN]+', ' ', 'g'))) AS "words",
    min(q.exact) AS example,
    list_sort(list(DISTINCT q.speaker_name) FILTER (WHERE q.speaker_name IS NOT NULL)) AS speakers,
    count(DISTINCT v.article_id) AS articles,
    count(DISTINCT a.source_id) AS sources,
    min(v.published_at) AS first_printed_at,
    list_sort(list(DISTINCT coalesce(a.canonical_url, a.first_url))) AS urls
FROM quotes AS q
INNER JOIN current_versions AS v ON q.version_id = v.version_id
INNER JOIN articles AS a ON v.article_id = a.article_id
WHERE q.kind IN ('direct', 'mixed')
GROUP BY "words"
HAVING count(DISTINCT v.article_id) > 1 AND len(string_split("words", ' ')) >= 4
ORDER BY articles DESC, "words";
COMMENT ON VIEW same_words IS 'Quoted words, four or more, that stand in more than one article; compared without case and marks.';
