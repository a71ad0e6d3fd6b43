-- Write the files anew of which rows were removed.
CALL ducklake_rewrite_data_files('warehouse', delete_threshold => 0);
