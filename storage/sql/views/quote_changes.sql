-- Quotes that a later version of an article no longer has, or has anew. Most articles have one version: they are left out first.
CREATE OR REPLACE VIEW quote_changes AS
WITH revised AS (
    SELECT
        version_id,
        article_id,
        version_no
    FROM article_versions
    WHERE article_id IN (
        SELECT r.article_id FROM article_versions AS r
        WHERE r.version_no > 1
    )
),

said AS (
    SELECT
        v.article_id,
        v.version_no,
        q.speaker_name,
        q.exact,
        q.version_id,
        q.start_char,
        q.end_char
    FROM quotes AS q
    INNER JOIN revised AS v ON q.version_id = v.version_id
),

steps AS (
    SELECT
        article_id,
        version_no,
        lag(version_no) OVER (PARTITION BY article_id ORDER BY version_no) AS before_no
    FROM revised
)

SELECT
    'gone' AS change,
    b.article_id,
    t.version_no,
    b.speaker_name,
    b.exact,
    b.version_id,
    b.start_char,
    b.end_char
FROM steps AS t
INNER JOIN said AS b ON t.article_id = b.article_id AND t.before_no = b.version_no
ANTI JOIN said AS n ON t.article_id = n.article_id AND t.version_no = n.version_no AND b.exact = n.exact
UNION ALL
SELECT
    'new' AS change,
    n.article_id,
    t.version_no,
    n.speaker_name,
    n.exact,
    n.version_id,
    n.start_char,
    n.end_char
FROM steps AS t
INNER JOIN said AS n ON t.article_id = n.article_id AND t.version_no = n.version_no
ANTI JOIN said AS b ON t.article_id = b.article_id AND t.before_no = b.version_no AND n.exact = b.exact
WHERE t.before_no IS NOT NULL;
COMMENT ON VIEW quote_changes IS 'Words of quotes that are gone from, or new in, a later version of an article; version_id and offsets say where they stand.';
