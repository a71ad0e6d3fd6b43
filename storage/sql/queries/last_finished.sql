-- When the last run ended.
SELECT max(finished_at) FROM loads;
