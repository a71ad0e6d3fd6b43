-- Names that the registry does not have for this entity yet.
INSERT INTO entity_aliases BY NAME
SELECT i.*
FROM incoming AS i
ANTI JOIN entity_aliases AS a ON i.entity_id = a.entity_id AND i.alias = a.alias;
