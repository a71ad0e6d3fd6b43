-- Numbers about Z over time: quantities with the words given at most 200 characters before or behind. Texts without the words are left
-- out first.
CREATE OR REPLACE MACRO numbers_about(what) AS TABLE (
    WITH texts AS (
        SELECT
            v.version_id,
            v.article_id,
            v.title,
            v.published_at,
            v.text
        FROM current_versions AS v
        WHERE regexp_matches(v.text, regexp_escape(what), 'i')
    ),

    near AS (
        SELECT
            q.exact,
            q."value",
            q.value_high,
            q.unit,
            q.currency,
            q.kind,
            q.version_id,
            q.start_char,
            q.end_char,
            t.published_at,
            t.title,
            t.article_id,
            substr(t.text, greatest(q.start_char - 60, 0) + 1, least(q.start_char, 60)) AS before,
            substr(t.text, q.end_char + 1, 60) AS behind
        FROM quantities AS q
        INNER JOIN texts AS t ON q.version_id = t.version_id
        WHERE
            regexp_matches(
                substr(
                    t.text,
                    greatest(q.start_char - 200, 0) + 1,
                    least(q.start_char, 200) + q.end_char - q.start_char + 200
                ),
                regexp_escape(what),
                'i'
            )
    )

    SELECT
        n.published_at AS printed_at,
        n.exact,
        n."value",
        n.value_high,
        n.unit,
        n.currency,
        n.kind,
        concat(n.before, '»', n.exact, '«', n.behind) AS there,
        n.title,
        coalesce(a.canonical_url, a.first_url) AS url,
        n.version_id,
        n.start_char,
        n.end_char
    FROM near AS n
    INNER JOIN articles AS a ON n.article_id = a.article_id
    ORDER BY printed_at NULLS LAST, n.version_id, n.start_char
);
