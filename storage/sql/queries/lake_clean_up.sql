-- Remove files that were replaced before a time.
CALL ducklake_cleanup_old_files('warehouse', older_than => $before::TIMESTAMPTZ);
