-- How much is in the warehouse.
SELECT
    (SELECT count(*) FROM articles) AS articles,
    (SELECT count(*) FROM article_versions) AS versions;
