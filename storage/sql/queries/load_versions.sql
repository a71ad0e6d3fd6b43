-- How many of the versions stored by one run are an article's first.
SELECT
    count(*) FILTER (WHERE version_no = 1)::BIGINT AS articles,
    count(*) FILTER (WHERE version_no > 1)::BIGINT AS later_versions
FROM article_versions
WHERE load_id = $load_id;
