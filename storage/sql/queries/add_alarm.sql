-- Note that operators were told of an alarm, or of its end.
INSERT INTO alarms ("name", subject, state, detail, figures, since, told_at)
VALUES ($name, $subject, $state, $detail, $figures, $since, $told_at);
