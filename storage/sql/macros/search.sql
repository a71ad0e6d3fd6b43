-- Articles with all the words given, by BM25 (Robertson and Zaragoza 2009; k1 = 1.2, b = 0.75) over stems; texts that the index
-- does not have are scanned plainly, and `note` says so.
CREATE OR REPLACE MACRO search(words) AS TABLE (
    WITH asked AS (
        SELECT DISTINCT unnest(regexp_extract_all(lower(strip_accents(words)), '[\p{L}\p{N}]+')) AS word
    ),

    stats AS (
        SELECT
            count(*) AS docs,
            avg(word_count) AS mean_words
        FROM search_docs
    ),

    hits AS (
        SELECT
            a.word,
            p.doc_id,
            sum(p."count") AS tf,
            count(*) OVER (PARTITION BY a.word) AS docs_with
        FROM asked AS a
        INNER JOIN (SELECT DISTINCT word, term_id FROM search_words) AS w ON a.word = w.word
        INNER JOIN search_postings AS p ON w.term_id = p.term_id
        GROUP BY a.word, p.doc_id
    ),

    ranked AS (
        SELECT
            d.version_id,
            sum(
                ln(1 + (s.docs - h.docs_with + 0.5) / (h.docs_with + 0.5))
                * h.tf * 2.2 / (h.tf + 1.2 * (0.25 + 0.75 * d.word_count / s.mean_words))
            ) AS score,
            if(bool_and(d.stemmed), 'bm25', 'bm25 of words as they stand: no stemmer') AS note
        FROM hits AS h
        INNER JOIN search_docs AS d ON h.doc_id = d.doc_id
        CROSS JOIN stats AS s
        GROUP BY d.version_id
        HAVING count(*) = (SELECT count(*) FROM asked)
    ),

    terms AS (
        SELECT list(word) AS terms FROM asked
    ),

    scanned AS (
        SELECT
            v.version_id,
            t.terms,
            lower(strip_accents(concat_ws(' ', v.title, v.text))) AS haystack
        FROM current_versions AS v
        ANTI JOIN search_docs AS d ON v.version_id = d.version_id
        CROSS JOIN terms AS t
    ),

    found AS (
        FROM ranked
        UNION ALL
        SELECT
            version_id,
            list_sum(
                list_transform(
                    terms, LAMBDA one: ln(1 + (length(haystack) - length(replace(haystack, one, ''))) / length(one))
                )
            ) / ln(2 + length(haystack)) AS score,
            'scan: not in the index' AS note
        FROM scanned
        WHERE len(terms) > 0 AND list_bool_and(list_transform(terms, LAMBDA one: contains(haystack, one)))
    )

    SELECT
        v.title,
        v.published_at,
        v.language,
        f.score,
        coalesce(a.canonical_url, a.first_url) AS url,
        v.article_id,
        f.version_id,
        f.note
    FROM found AS f
    INNER JOIN current_versions AS v ON f.version_id = v.version_id
    INNER JOIN articles AS a ON v.article_id = a.article_id
    ORDER BY f.score DESC, f.version_id
);
