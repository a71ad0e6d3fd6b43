-- Which of these hashes belong to something that was taken down.
SELECT t.tombstone
FROM tombstones AS t
WHERE t.kind = $kind AND t.tombstone IN (SELECT unnest($tombstones));
