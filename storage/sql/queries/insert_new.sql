-- Append the incoming rows whose key is not there yet (an anti-join instead of a UNIQUE index).
INSERT INTO {target} BY NAME
SELECT incoming.* FROM incoming ANTI JOIN {target} USING ({key});
