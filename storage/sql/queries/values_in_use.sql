-- Which of these values a column still has.
SELECT DISTINCT {wanted} FROM {target}
WHERE {wanted} IN (SELECT unnest($keys));
