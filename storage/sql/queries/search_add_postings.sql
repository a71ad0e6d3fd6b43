-- What stands how often in the next texts, by term, so that a search reads few blocks.
INSERT INTO search_postings (term_id, doc_id, "count")
SELECT
    w.term_id,
    i.doc_id,
    sum(i."count")::INTEGER AS "count"
FROM incoming_words AS i
INNER JOIN incoming_stems AS s ON i.word = s.word AND i."language" IS NOT DISTINCT FROM s."language"
INNER JOIN search_words AS w ON s.word = w.word AND s.stem = w.stem
GROUP BY w.term_id, i.doc_id
ORDER BY w.term_id, i.doc_id;
