-- The rows of an export's files, as they are to be taken over.
CREATE OR REPLACE TEMP TABLE incoming AS
SELECT * FROM read_parquet($files, hive_partitioning = false, union_by_name = true);
