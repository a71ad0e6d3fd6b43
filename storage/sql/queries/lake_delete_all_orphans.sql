-- Remove all files that no version has.
CALL ducklake_delete_orphaned_files('warehouse', cleanup_all => TRUE);
