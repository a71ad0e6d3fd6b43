-- Append all incoming rows.
INSERT INTO {target} BY NAME
SELECT * FROM incoming;
