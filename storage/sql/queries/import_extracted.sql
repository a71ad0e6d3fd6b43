-- Take over rows of texts that do not have this extractor version's rows yet.
INSERT INTO {target} BY NAME
SELECT incoming.* FROM incoming ANTI JOIN {target} USING (version_id, extractor, extractor_version);
