-- Remove requests of before a day, and tell how many; hosts that still ask to be left alone stay known.
DELETE FROM visits
WHERE requested_at < $before AND (paused_until IS NULL OR paused_until < $before);
