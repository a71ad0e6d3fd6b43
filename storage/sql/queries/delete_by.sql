-- Remove the rows with one of these keys, and tell how many there were.
DELETE FROM {target}
WHERE {key} IN (SELECT unnest($keys));
