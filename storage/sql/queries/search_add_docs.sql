-- The next texts are in the index.
INSERT INTO search_docs (doc_id, version_id, word_count, stemmed, segment)
SELECT
    d.doc_id,
    d.version_id,
    coalesce(sum(w."count"), 0)::INTEGER AS word_count,
    $stemmed AS stemmed,
    (SELECT coalesce(max(segment), 0) FROM search_docs) + 1 AS segment
FROM incoming_docs AS d
LEFT JOIN incoming_words AS w ON d.doc_id = w.doc_id
GROUP BY d.doc_id, d.version_id
ORDER BY d.doc_id;
