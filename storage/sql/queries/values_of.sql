-- The values of a column in the rows of these texts.
SELECT DISTINCT {wanted} FROM {target}
WHERE version_id IN (SELECT unnest($keys)) AND {wanted} IS NOT NULL;
