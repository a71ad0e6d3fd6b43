-- Names in the registry that may mean the same as those with these keys, oldest first.
SELECT
    a.entity_id,
    a.entity_type,
    a.alias,
    a.block,
    a.context
FROM entity_aliases AS a
WHERE a.block IN (SELECT unnest($blocks::VARCHAR[]))
ORDER BY a.load_id, a.entity_id, a.alias;
