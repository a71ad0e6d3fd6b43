-- The newest text of each article. Most articles have one version, so only those with a later one are looked through.
CREATE OR REPLACE VIEW current_versions AS
SELECT v.*
FROM article_versions AS v
ANTI JOIN (
    SELECT
        article_id,
        max(version_no) AS version_no
    FROM article_versions
    WHERE version_no > 1
    GROUP BY article_id
) AS newest ON v.article_id = newest.article_id AND v.version_no < newest.version_no;
COMMENT ON VIEW current_versions IS 'The newest version of each article.';
