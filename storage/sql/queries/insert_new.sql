-- Append the incoming rows whose key is not there yet (an anti-join instead of a UNIQUE index). The known keys are found first, so that
-- the small side is held in memory.
INSERT INTO {target} BY NAME
WITH known AS (
    SELECT t.{key}
    FROM {target} AS t
    SEMI JOIN incoming ON t.{key} = incoming.{key}
)

SELECT incoming.*
FROM incoming
ANTI JOIN known ON incoming.{key} = known.{key};
