-- Entities that the rows extracted anew are the first to name.
INSERT INTO entities BY NAME
SELECT s.* REPLACE ($load_id AS load_id)
FROM staged.entities AS s
ANTI JOIN entities AS e ON s.entity_id = e.entity_id;
