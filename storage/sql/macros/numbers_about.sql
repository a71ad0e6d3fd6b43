-- Numbers about Z over time: quantities of sentences in which the words given stand.
CREATE OR REPLACE MACRO numbers_about(what) AS TABLE (
    SELECT
        v.published_at AS printed_at,
        q.exact,
        q."value",
        q.value_high,
        q.unit,
        q.currency,
        q.kind,
        context(q.version_id, q.start_char, q.end_char, 60) AS there,
        v.title,
        coalesce(a.canonical_url, a.first_url) AS url,
        q.version_id,
        q.start_char,
        q.end_char
    FROM quantities AS q
    INNER JOIN current_versions AS v ON q.version_id = v.version_id
    INNER JOIN articles AS a ON v.article_id = a.article_id
    WHERE contains(lower(context(q.version_id, q.start_char, q.end_char, 200)), lower(what))
    ORDER BY printed_at NULLS LAST, q.version_id, q.start_char
);
