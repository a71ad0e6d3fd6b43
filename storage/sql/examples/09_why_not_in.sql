-- Why is an article not in?
SELECT
    regexp_extract(url, '[^/]+$') AS page,
    status,
    detail
FROM not_stored
ORDER BY page;
