-- Take over rows that are not here yet, column by column.
INSERT INTO {target} BY NAME
SELECT * FROM incoming
EXCEPT
SELECT * FROM {target};
