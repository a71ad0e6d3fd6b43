-- All rows of a table into that of another database.
INSERT INTO {target_database}.main.{target} BY NAME
SELECT * FROM {source}.main.{target};
