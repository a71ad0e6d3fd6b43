-- Remember what is taken down, each once.
INSERT INTO tombstones
SELECT
    $kind AS kind,
    asked.tombstone,
    $now AS removed_at
FROM (SELECT unnest($tombstones) AS tombstone) AS asked
WHERE asked.tombstone NOT IN (
    SELECT t.tombstone FROM tombstones AS t
    WHERE t.kind = $kind
);
