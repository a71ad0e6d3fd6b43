-- The last that operators were told of each alarm.
SELECT
    "name",
    subject,
    state,
    detail,
    figures,
    since,
    told_at
FROM alarms
QUALIFY row_number() OVER (PARTITION BY "name", subject ORDER BY told_at DESC) = 1
ORDER BY "name", subject;
