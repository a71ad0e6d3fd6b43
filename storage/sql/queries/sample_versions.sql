-- Some texts, other ones each time.
SELECT version_id FROM article_versions USING SAMPLE 1000 ROWS;
