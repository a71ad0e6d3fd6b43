-- Texts in an index, those of them that are no newest text any more, its segments, and whether all are stemmed.
SELECT
    count(*) AS texts,
    count(*) FILTER (version_id NOT IN (SELECT v.version_id FROM current_versions AS v)) AS stale,
    count(DISTINCT segment) AS segments,
    coalesce(bool_and(stemmed), TRUE) AS stemmed
FROM search_docs;
