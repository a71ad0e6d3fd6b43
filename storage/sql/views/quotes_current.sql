-- Quotes of the newest texts.
CREATE OR REPLACE VIEW quotes_current AS
SELECT q.*
FROM quotes AS q
SEMI JOIN current_versions AS v ON q.version_id = v.version_id;
COMMENT ON VIEW quotes_current IS 'Quotes of the newest version of each article.';
