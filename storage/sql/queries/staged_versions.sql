-- Texts that are extracted already.
SELECT version_id FROM article_versions;
