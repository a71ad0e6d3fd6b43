-- Hashes of all that was taken down of a kind.
SELECT t.tombstone
FROM tombstones AS t
WHERE t.kind = $kind;
