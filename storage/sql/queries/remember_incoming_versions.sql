-- The texts that are being taken over.
CREATE OR REPLACE TEMP TABLE incoming_versions AS
SELECT
    i.version_id,
    i.article_id
FROM incoming AS i;
