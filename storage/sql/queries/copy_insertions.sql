-- The rows that a table of the lake gained from one version to another.
INSERT INTO {target_database}.main.{target} BY NAME
SELECT * FROM ducklake_table_insertions('warehouse', 'main', $table, $since, $until);
