-- Which words were quoted in more than one place. Those that stand in one article only are left out before addresses are put together.
CREATE OR REPLACE VIEW same_words AS
WITH said AS (
    SELECT
        lower(trim(regexp_replace(q.exact, '[^\pL\pN]+', ' ', 'g'))) AS "words",
        q.exact,
        q.speaker_name,
        v.article_id,
        v.published_at
    FROM quotes AS q
    INNER JOIN current_versions AS v ON q.version_id = v.version_id
    WHERE q.kind IN ('direct', 'mixed')
),

repeated AS (
    SELECT "words"
    FROM said
    GROUP BY "words"
    HAVING min(article_id) <> max(article_id) AND len(string_split("words", ' ')) >= 4
)

SELECT
    s."words",
    min(s.exact) AS example,
    list_sort(list(DISTINCT s.speaker_name) FILTER (WHERE s.speaker_name IS NOT NULL)) AS speakers,
    count(DISTINCT s.article_id) AS articles,
    count(DISTINCT a.source_id) AS sources,
    min(s.published_at) AS first_printed_at,
    list_sort(list(DISTINCT coalesce(a.canonical_url, a.first_url))) AS urls
FROM said AS s
SEMI JOIN repeated ON s."words" = repeated."words"
INNER JOIN articles AS a ON s.article_id = a.article_id
GROUP BY s."words"
ORDER BY articles DESC, s."words";
COMMENT ON VIEW same_words IS 'Quoted words, four or more, that stand in more than one article; compared without case and marks.';
