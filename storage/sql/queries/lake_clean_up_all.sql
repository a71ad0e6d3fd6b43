-- Remove all files that were replaced.
CALL ducklake_cleanup_old_files('warehouse', cleanup_all => TRUE);
