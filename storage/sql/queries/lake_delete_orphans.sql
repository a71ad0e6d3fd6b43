-- Remove files that no version has and that were written before a time.
CALL ducklake_delete_orphaned_files('warehouse', older_than => $before::TIMESTAMPTZ);
