-- Articles with all the words given, those with most of them first: a plain scan of titles and newest texts.
CREATE OR REPLACE MACRO search(words) AS TABLE (
    WITH asked AS (
        SELECT list_filter(string_split_regex(lower(words), '[^\pL\pN]+'), LAMBDA one: one <> '') AS terms
    ),

    scanned AS (
        SELECT
            v.version_id,
            v.article_id,
            v.title,
            v.published_at,
            v.language,
            v.text,
            t.terms,
            lower(concat_ws(' ', v.title, v.text)) AS haystack
        FROM current_versions AS v
        CROSS JOIN asked AS t
    )

    SELECT
        s.title,
        s.published_at,
        s.language,
        list_sum(
            list_transform(
                s.terms, LAMBDA one: ln(1 + (length(s.haystack) - length(replace(s.haystack, one, ''))) / length(one))
            )
        ) / ln(2 + length(s.text)) AS score,
        coalesce(a.canonical_url, a.first_url) AS url,
        s.article_id,
        s.version_id
    FROM scanned AS s
    INNER JOIN articles AS a ON s.article_id = a.article_id
    WHERE len(s.terms) > 0 AND list_bool_and(list_transform(s.terms, LAMBDA one: contains(s.haystack, one)))
    ORDER BY score DESC, s.version_id
);
