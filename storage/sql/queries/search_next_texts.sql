-- The next texts that are not in the index, with numbers in it; those of scripts without spaces between words have no place there.
CREATE OR REPLACE TEMP TABLE incoming_docs AS
SELECT
    (SELECT coalesce(max(doc_id), 0) FROM search_docs) + row_number() OVER ()::INTEGER AS doc_id,
    v.version_id,
    v.language,
    v.title,
    v.text
FROM current_versions AS v
WHERE
    coalesce(v.language, '') NOT IN ('zh', 'ja', 'th', 'lo', 'km', 'my', 'bo')
    AND v.version_id NOT IN (SELECT d.version_id FROM search_docs AS d)
LIMIT $most;
