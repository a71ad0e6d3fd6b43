-- Put small files together.
CALL ducklake_merge_adjacent_files('warehouse');
