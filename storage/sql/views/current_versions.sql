-- The newest text of each article.
CREATE OR REPLACE VIEW current_versions AS
SELECT *
FROM article_versions
QUALIFY row_number() OVER (PARTITION BY article_id ORDER BY version_no DESC) = 1;
COMMENT ON VIEW current_versions IS 'The newest version of each article.';
