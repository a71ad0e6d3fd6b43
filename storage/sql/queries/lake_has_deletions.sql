-- Whether rows of a table went, or were changed, from one version of the lake to another.
SELECT count(*) > 0
FROM ducklake_table_deletions('warehouse', 'main', $table, $since, $until);
