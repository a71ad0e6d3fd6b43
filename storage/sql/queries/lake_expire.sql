-- Let versions of the lake go.
CALL ducklake_expire_snapshots('warehouse', versions => $versions);
