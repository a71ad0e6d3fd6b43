-- How many incoming rows break a condition of their table; columns that they lack are NULL, as they will be.
SELECT count(*) FROM (
    SELECT * FROM {target}
    WHERE FALSE
    UNION ALL BY NAME
    SELECT * FROM incoming
)
WHERE NOT ($condition);
