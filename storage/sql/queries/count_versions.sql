-- How many texts there are.
SELECT count(*) FROM article_versions;
