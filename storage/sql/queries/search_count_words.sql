-- How often each word stands in each of the next texts; a word of the headline counts as three.
CREATE OR REPLACE TEMP TABLE incoming_words AS
SELECT
    doc_id,
    "language",
    word,
    count(*)::INTEGER AS "count"
FROM (
    SELECT
        doc_id,
        "language",
        unnest(
            regexp_extract_all(
                lower(strip_accents(concat_ws(' ', title, title, title, "text"))), '[\p{L}\p{N}]+'
            )
        ) AS word
    FROM incoming_docs
)
GROUP BY doc_id, "language", word;
