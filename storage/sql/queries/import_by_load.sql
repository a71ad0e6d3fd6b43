-- Take over what a run wrote down, unless this warehouse has something of the run already.
INSERT INTO {target} BY NAME
SELECT incoming.* FROM incoming
WHERE incoming.load_id NOT IN (SELECT here.load_id FROM {target} AS here);
