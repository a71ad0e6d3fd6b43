-- Whether a run has begun or ended since.
SELECT count(*) > 0 FROM loads
WHERE coalesce(finished_at, started_at) > $since;
