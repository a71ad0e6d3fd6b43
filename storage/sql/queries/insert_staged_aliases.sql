-- Names that the rows extracted anew are the first to give to an entity.
INSERT INTO entity_aliases BY NAME
SELECT s.* REPLACE ($load_id AS load_id)
FROM staged.entity_aliases AS s
ANTI JOIN entity_aliases AS a ON s.entity_id = a.entity_id AND s.alias = a.alias
WHERE s.version_id IN (SELECT v.version_id FROM article_versions AS v);
