-- Take over rows whose key is not here yet; of rows with one key the first counts.
INSERT INTO {target} BY NAME
SELECT incoming.* FROM incoming ANTI JOIN {target} USING ({key})
QUALIFY row_number() OVER (PARTITION BY incoming.{key}) = 1;
