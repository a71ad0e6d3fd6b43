-- Alarms are told in several ways.

COMMENT ON TABLE alarms IS 'What operators were told at the end of a run, in the log and by events of Prefect: a row when an alarm was raised, and one when it was over.';
COMMENT ON COLUMN alarms.told_at IS 'When it was told.';
